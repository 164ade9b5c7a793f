package dev.relive.cli;

import dev.relive.cli.TrainSummary.Outcome;
import dev.relive.cli.display.ProgressView;

/** A replay with its screen and its end. */
final class ReplayJob implements Job {

  private final Training training;
  private final TrainScreen screen;
  private Outcome reached = Outcome.STOPPED;

  ReplayJob(ReplayConfig config, ServiceProcess process) {
    training = new Training(config, process);
    screen = new TrainScreen(training, process);
  }

  @Override
  public int run() throws Exception {
    reached = training.run();
    return reached == Outcome.STOPPED ? ExitCode.INTERRUPTED : ExitCode.SUCCESS;
  }

  @Override
  public ProgressView view() {
    return screen.view();
  }

  @Override
  public String conclusion() {
    return training
        .services()
        .flatMap(
            services ->
                screen
                    .summary(reached)
                    .map(
                        summary ->
                            new ReplaySummary(
                                summary, services.learner().spec(), services.learner().status())))
        .map(ReplaySummary::text)
        .orElse("Stopped before there was a run.\n");
  }
}
