package dev.relive.log;

import java.util.concurrent.atomic.LongAdder;

/** What a writer has done so far; may be read from any thread. */
public final class WriterCounters {
  private final LongAdder segmentsSent = new LongAdder();
  private final LongAdder stepsSent = new LongAdder();
  private final LongAdder bytesSent = new LongAdder();
  private final LongAdder segmentsAcknowledged = new LongAdder();
  private final LongAdder stepsAcknowledged = new LongAdder();
  private final LongAdder bytesAcknowledged = new LongAdder();
  private final LongAdder segmentsFailed = new LongAdder();
  private final LongAdder bytesFailed = new LongAdder();

  void sent(int steps, int bytes) {
    segmentsSent.increment();
    stepsSent.add(steps);
    bytesSent.add(bytes);
  }

  void acknowledged(int steps, int bytes) {
    segmentsAcknowledged.increment();
    stepsAcknowledged.add(steps);
    bytesAcknowledged.add(bytes);
  }

  void failed(int bytes) {
    segmentsFailed.increment();
    bytesFailed.add(bytes);
  }

  /** Segments given to Kafka. */
  public long segmentsSent() {
    return segmentsSent.sum();
  }

  /** Transitions given to Kafka. */
  public long stepsSent() {
    return stepsSent.sum();
  }

  /** Bytes given to Kafka, before compression. */
  public long bytesSent() {
    return bytesSent.sum();
  }

  /** Segments that are in the log. */
  public long segmentsAcknowledged() {
    return segmentsAcknowledged.sum();
  }

  /** Transitions that are in the log. */
  public long stepsAcknowledged() {
    return stepsAcknowledged.sum();
  }

  /** Bytes that are in the log, before compression. */
  public long bytesAcknowledged() {
    return bytesAcknowledged.sum();
  }

  /** Segments whose fate is unknown. */
  public long segmentsInDoubt() {
    return segmentsFailed.sum();
  }

  /** Segments sent and neither acknowledged nor given up. */
  public long segmentsInFlight() {
    return segmentsSent.sum() - segmentsAcknowledged.sum() - segmentsFailed.sum();
  }

  /** Bytes sent and neither acknowledged nor given up. */
  public long bytesInFlight() {
    return bytesSent.sum() - bytesAcknowledged.sum() - bytesFailed.sum();
  }
}
