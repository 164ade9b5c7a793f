package dev.relive.cli;

import dev.relive.learner.LearnerConfig.OnStop;
import dev.relive.learner.LearnerStart;
import dev.relive.learner.LearnerStart.ExperienceOf;
import java.util.Locale;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.ArgGroup;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** A learner by itself. */
@Command(
    name = "learn",
    mixinStandardHelpOptions = true,
    abbreviateSynopsis = true,
    sortOptions = false,
    versionProvider = Versions.class,
    header = "Run a learner by itself: begin a run, or go on with one, until it ends.",
    description = {
      "",
      "Reads what producers of the run write, learns, and publishes weights. The run ends when an"
          + " evaluator finds it solved or its steps are spent. A learner that was killed is"
          + " followed by one with --run.",
      "",
      "With --source-run it learns from another run's experience instead, which it follows until"
          + " that run ends. Any number of learners can follow one run, each with an algorithm and"
          + " settings of its own; none holds its producers up.",
    },
    exitCodeListHeading = "%n@|bold Exit codes|@%n",
    exitCodeList = {
      "  0:the run has ended: it is solved, or its steps are spent",
      "  1:it failed, or another learner took the run over; it says which",
      "  2:the command line or a RELIVE_ variable is wrong",
      "130:stopped by Ctrl-C; the run can be gone on with",
    },
    footerHeading = "%n@|bold Examples|@%n",
    footer = {
      "  relive learn --seed 7 --label first",
      "  relive learn --algorithm actor-critic --lead 2",
      "  relive learn --run first --if-running take-over",
      "  relive learn --source-run first --algorithm actor-critic --label second-opinion",
    })
final class LearnCommand extends LearningCommand<LearnConfig> {

  @ArgGroup(validate = false, order = 5, heading = "%n@|bold The end|@%n")
  private final StopOptions stop = new StopOptions();

  /** What a stop means. */
  static final class StopOptions extends EndOptions {

    @Option(
        names = "--on-stop",
        paramLabel = "WHAT",
        description =
            "What becomes of the run when this process is stopped: ${COMPLETION-CANDIDATES}. One"
                + " that is left stays active, and its producers wait for the learner that goes on"
                + " with it.")
    Choice onStop = Choice.END;

    /** As it is written on the command line. */
    enum Choice {
      END,
      LEAVE;

      @Override
      public String toString() {
        return name().toLowerCase(Locale.ROOT);
      }
    }

    OnStop onStop() {
      return OnStop.valueOf(onStop.name());
    }
  }

  @ArgGroup(validate = false, order = 2, heading = "%n@|bold Experience|@%n")
  private final FlowOptions flow = new FlowOptions();

  @ArgGroup(
      validate = false,
      order = 2,
      heading = "%n@|bold Experience of another run, instead of its own|@%n")
  private final SourceOptions source = new SourceOptions();

  LearnCommand(Shell shell) {
    super(shell);
  }

  @Override
  @Nullable Retention retention() {
    return flow.retention;
  }

  @Override
  LearnerStart start() {
    return runStart().start(resume(), source, true, ExperienceOf.ANY);
  }

  @Override
  LearnConfig config() {
    python().apply();
    return new LearnConfig(place(), endpoint(), start(), device(), stop.onStop(), stop.onEnd);
  }

  @Override
  Job job(LearnConfig config, ServiceProcess process) {
    return new LearnJob(config, process);
  }
}
