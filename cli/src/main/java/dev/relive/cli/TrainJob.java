package dev.relive.cli;

import dev.relive.cli.TrainSummary.Outcome;
import dev.relive.cli.display.ProgressView;

/** A training with its screen and its end. */
final class TrainJob implements Job {

  private final TrainConfig config;
  private final Training training;
  private final TrainScreen screen;
  private Outcome reached = Outcome.STOPPED;

  TrainJob(TrainConfig config, ServiceProcess process) {
    this.config = config;
    training = new Training(config, process);
    screen = new TrainScreen(training, process);
  }

  @Override
  public int run() throws Exception {
    reached = training.run();
    config
        .result()
        .ifPresent(
            file -> screen.summary(reached).ifPresent(summary -> TrainResult.write(summary, file)));
    return switch (reached) {
      case SOLVED -> ExitCode.SUCCESS;
      case UNSOLVED -> ExitCode.UNSOLVED;
      case STOPPED -> ExitCode.INTERRUPTED;
    };
  }

  @Override
  public ProgressView view() {
    return screen.view();
  }

  @Override
  public String conclusion() {
    return screen
        .summary(reached)
        .map(TrainSummary::text)
        .orElse("Stopped before there was a run.\n");
  }
}
