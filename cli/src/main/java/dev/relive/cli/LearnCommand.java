package dev.relive.cli;

import dev.relive.learner.LearnerStart;
import dev.relive.learner.LearnerStart.ExperienceOf;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.ArgGroup;
import picocli.CommandLine.Command;

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
    return new LearnConfig(place(), endpoint(), start(), device());
  }

  @Override
  Job job(LearnConfig config, ServiceProcess process) {
    return new LearnJob(config, process);
  }
}
