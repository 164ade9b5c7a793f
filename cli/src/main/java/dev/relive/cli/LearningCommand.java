package dev.relive.cli;

import dev.relive.agents.torch.DeviceChoice;
import dev.relive.learner.LearnerStart;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.ArgGroup;
import picocli.CommandLine.Model.OptionSpec;

/** A command with a learner, which begins a run or goes on with one. */
abstract class LearningCommand<C extends LearningConfig> extends ServiceCommand<C> {

  private static final String SET = "--set";

  @ArgGroup(validate = false, order = 1, heading = "%n@|bold Learning|@%n")
  private final TaskOptions task = new TaskOptions();

  @ArgGroup(validate = false, order = 3, heading = "%n@|bold Going on|@%n")
  private final ResumeOptions resume = new ResumeOptions();

  @ArgGroup(validate = false, order = 4, heading = "%n@|bold Computing|@%n")
  private final DeviceOptions.OfLearner device = new DeviceOptions.OfLearner();

  @ArgGroup(validate = false, order = 80, heading = "%n@|bold Page, metrics and health|@%n")
  private final EndpointOptions.OfLearner endpoint = new EndpointOptions.OfLearner();

  LearningCommand(Shell shell) {
    super(shell);
  }

  final Endpoint endpoint() {
    return endpoint.endpoint();
  }

  /** The run to begin, or to go on with. */
  abstract LearnerStart start();

  final ResumeOptions resume() {
    return resume;
  }

  final DeviceChoice device() {
    return device.choice();
  }

  /** How long a new run's experience is to be kept; null where that is not stated. */
  @Nullable Retention retention() {
    return null;
  }

  final RunStart runStart() {
    return new RunStart(task, retention(), new RunSettings(spec()));
  }

  @Override
  final String unstated(C config, OptionSpec option) {
    return runStart().unstated(config.start(), option);
  }

  /** What {@code --set} sets is printed as settings. */
  @Override
  final boolean isDescribedElsewhere(OptionSpec option) {
    return option.longestName().equals(SET);
  }

  @Override
  final void describe(C config, PrintedConfig printed) {
    runStart().describe(config.start(), printed, spec().findOption(SET));
    super.describe(config, printed);
  }
}
