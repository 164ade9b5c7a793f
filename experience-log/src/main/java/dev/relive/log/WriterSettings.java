package dev.relive.log;

import java.time.Duration;

/**
 * How much a writer keeps in flight and how long it waits.
 *
 * @param segmentsInFlight most segments sent and not yet acknowledged
 * @param bytesInFlight most bytes of them
 * @param batchBytes what Kafka's client sends together: 256 KB, 1 MB for images
 * @param linger how long a segment waits for others to be sent with; none where a learner waits for
 *     every one
 * @param deliveryTimeout after which an unacknowledged segment is in doubt and writing ends
 */
public record WriterSettings(
    int segmentsInFlight,
    int bytesInFlight,
    int batchBytes,
    Duration linger,
    Duration deliveryTimeout) {
  /** 4096 segments, 32 MB, batches of 256 KB after at most 5 ms, 30 seconds. */
  public static final WriterSettings DEFAULT =
      new WriterSettings(4096, 32 << 20, 256 << 10, Duration.ofMillis(5), Duration.ofSeconds(30));

  /** Checks that every limit allows something. */
  public WriterSettings {
    if (segmentsInFlight < 1
        || bytesInFlight < 1
        || batchBytes < 0
        || linger.isNegative()
        || deliveryTimeout.toMillis() < 100) {
      throw new IllegalArgumentException(
          "A writer needs at least one segment and one byte in flight and 100 ms to deliver, not "
              + "%d segments, %d bytes, %d ms."
                  .formatted(segmentsInFlight, bytesInFlight, deliveryTimeout.toMillis()));
    }
  }

  /** The same, sending every segment at once. */
  public WriterSettings withoutLinger() {
    return new WriterSettings(
        segmentsInFlight, bytesInFlight, batchBytes, Duration.ZERO, deliveryTimeout);
  }
}
