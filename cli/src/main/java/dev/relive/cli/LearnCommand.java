package dev.relive.cli;

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
    })
final class LearnCommand extends LearningCommand<LearnConfig> {

  LearnCommand(Shell shell) {
    super(shell);
  }

  @Override
  LearnConfig config() {
    return new LearnConfig(place(), endpoint(), start(), device());
  }

  @Override
  Job job(LearnConfig config, ServiceProcess process) {
    return new LearnJob(config, process);
  }
}
