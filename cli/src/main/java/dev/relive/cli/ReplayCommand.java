package dev.relive.cli;

import dev.relive.learner.LearnerStart;
import dev.relive.learner.LearnerStart.ExperienceOf;
import dev.relive.service.UserException;
import picocli.CommandLine.ArgGroup;
import picocli.CommandLine.Command;

/** Learning from history. */
@Command(
    name = "replay",
    mixinStandardHelpOptions = true,
    abbreviateSynopsis = true,
    sortOptions = false,
    versionProvider = Versions.class,
    header = "Learn from what a run left in the log, with no environment stepped for it.",
    description = {
      "",
      "Begins a run that learns from a range of another's experience, in log order, and ends with"
          + " the range; an evaluator says how it does. The same range and settings give the same"
          + " weights, whenever. Where no broker runs on the data directory, it opens the log there"
          + " for itself. --source-run names the run whose experience it is; --run goes on with a"
          + " replay that was stopped.",
    },
    exitCodeListHeading = "%n@|bold Exit codes|@%n",
    exitCodeList = {
      "  0:the range is learned; whether it is solved is said",
      "  1:it failed, and says why",
      "  2:the command line or a RELIVE_ variable is wrong",
      "130:stopped by Ctrl-C; it can be gone on with",
    },
    footerHeading = "%n@|bold Examples|@%n",
    footer = {
      "  relive replay --source-run first --seed 7",
      "  relive replay --source-run first --to 2026-11-20T20:00:00Z --set schedule.updates=64",
      "  relive replay --source-run first --from-snapshot 812 --policy-version 500..",
      "  relive replay --source-run first --min-return 200 --algorithm actor-critic",
      "  relive replay --source-run first --shuffled-passes 3",
    })
final class ReplayCommand extends LearningCommand<ReplayConfig> {

  @ArgGroup(validate = false, order = 2, heading = "%n@|bold Experience|@%n")
  private final SourceOptions source = new SourceOptions();

  ReplayCommand(Shell shell) {
    super(shell);
  }

  @Override
  LearnerStart start() {
    if (source.sourceRun == null && resume().mayBegin()) {
      throw new UserException(
          "relive replay needs --source-run, the run to learn from; `relive runs ls` lists them.",
          ExitCode.USAGE,
          null);
    }
    return runStart().start(resume(), source, false, ExperienceOf.ANOTHER);
  }

  @Override
  ReplayConfig config() {
    python().apply();
    return new ReplayConfig(place(), endpoint(), start(), device());
  }

  @Override
  Job job(ReplayConfig config, ServiceProcess process) {
    return new ReplayJob(config, process);
  }
}
