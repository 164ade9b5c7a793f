package dev.relive.log;

import java.util.concurrent.atomic.LongAdder;

/** What a reader has read so far; may be read from any thread. */
public final class ReaderCounters {
  private final LongAdder segments = new LongAdder();
  private final LongAdder steps = new LongAdder();
  private final LongAdder bytes = new LongAdder();
  private final LongAdder gaps = new LongAdder();
  private final LongAdder duplicates = new LongAdder();
  private final LongAdder brokenLanes = new LongAdder();
  private final RejectionCounters rejected = new RejectionCounters();
  private volatile long lag = -1;
  private volatile long lastPollNanos = System.nanoTime();

  void read(Segment segment, int recordBytes) {
    segments.increment();
    steps.add(segment.length());
    bytes.add(recordBytes);
  }

  void missing(long count) {
    gaps.add(count);
  }

  void duplicate() {
    duplicates.increment();
  }

  void brokenLanes(long count) {
    brokenLanes.add(count);
  }

  void polled(long recordsBehind) {
    lag = recordsBehind;
    lastPollNanos = System.nanoTime();
  }

  /** Segments given to the subscriber. */
  public long segments() {
    return segments.sum();
  }

  /** Transitions in them. */
  public long steps() {
    return steps.sum();
  }

  /** Bytes of their records. */
  public long bytes() {
    return bytes.sum();
  }

  /** Segments found missing. */
  public long gaps() {
    return gaps.sum();
  }

  /** Segments dropped because they had been seen. */
  public long duplicates() {
    return duplicates.sum();
  }

  /** Lanes that were not continued as they should have been. */
  public long brokenLanes() {
    return brokenLanes.sum();
  }

  /** Records that could not be used. */
  public RejectionCounters rejected() {
    return rejected;
  }

  /** Records between what was last fetched and the log's end, of all runs; -1 while unknown. */
  public long lag() {
    return lag;
  }

  /** Nanoseconds since the broker was last polled: grows while the subscriber wants nothing. */
  public long nanosSinceLastPoll() {
    return System.nanoTime() - lastPollNanos;
  }
}
