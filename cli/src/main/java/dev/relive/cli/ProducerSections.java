package dev.relive.cli;

import dev.relive.cli.display.Producer;
import dev.relive.cli.display.Stepping;
import dev.relive.cli.display.Training;
import dev.relive.producers.ProducerStatus;
import java.time.Duration;
import java.util.List;

/** What a producer's status is on the screen. Used by one thread. */
final class ProducerSections {

  /** As many episodes as a producer averages over. */
  private static final int WINDOW = 100;

  private static final double MILLISECONDS = 1e3;

  private final RateMeter steps = new RateMeter();
  private final RateMeter waited = new RateMeter();

  Stepping stepping(Duration now, ProducerStatus status) {
    return new Stepping(
        status.steps(),
        steps.add(now, status.steps()),
        status.lanes(),
        status.policyVersion(),
        status.segmentsAcknowledged(),
        status.segmentsInFlight(),
        status.bytesAcknowledged());
  }

  Producer producer(Duration now, ProducerStatus status) {
    double waiting =
        waited.add(now, (long) (status.waitingSeconds() * MILLISECONDS)) / MILLISECONDS;
    return new Producer(status.lead(), status.maxLead(), Math.min(1, waiting));
  }

  static Training training(ProducerStatus status, List<String> measures) {
    return new Training(status.episodes(), WINDOW, status.meanReturn(), measures);
  }
}
