package dev.relive.cli;

import dev.relive.cli.display.Measurement;
import dev.relive.cli.display.Producer;
import dev.relive.cli.display.Stepping;
import dev.relive.cli.display.Training;
import dev.relive.producers.ProducerStatus;
import dev.relive.producers.WaitReason;
import java.time.Duration;
import java.util.EnumMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/** What a producer's status is on the screen. Used by one thread. */
final class ProducerSections {

  /** As many episodes as a producer averages over. */
  private static final int WINDOW = 100;

  private static final double MILLISECONDS = 1e3;

  private final RateMeter steps = new RateMeter();
  private final Map<WaitReason, RateMeter> waits = new EnumMap<>(WaitReason.class);

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
    Map<String, Double> shares = new LinkedHashMap<>();
    for (WaitReason reason : WaitReason.values()) {
      double seconds = status.waitedSeconds().getOrDefault(reason, 0.0);
      double share =
          waits
                  .computeIfAbsent(reason, unused -> new RateMeter())
                  .add(now, (long) (seconds * MILLISECONDS))
              / MILLISECONDS;
      shares.put(words(reason), Math.min(1, share));
    }
    return new Producer(status.lead(), status.maxLead(), shares);
  }

  private static String words(WaitReason reason) {
    return switch (reason) {
      case POLICY -> "the first weights";
      case VERSION -> "newer weights";
      case CREDIT -> "the learner to catch up";
    };
  }

  static Measurement exploration(double epsilon) {
    return new Measurement(
        Measurement.EPSILON, epsilon, String.format(Locale.ROOT, "%.2f", epsilon));
  }

  static Training training(ProducerStatus status, List<Measurement> measures) {
    return new Training(status.episodes(), WINDOW, status.meanReturn(), measures);
  }
}
