package dev.relive.producers;

import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.atomic.AtomicLongArray;
import java.util.function.DoubleConsumer;

/**
 * The time from each policy's publication to the first step that it chose, of the last {@value
 * #KEPT} policies acted by. Written by one thread, read by any.
 */
final class PolicyDelays {
  static final int KEPT = 65_536;

  private static final double MICROS_PER_SECOND = 1e6;

  private final DoubleConsumer seconds;
  private final AtomicLongArray micros = new AtomicLongArray(KEPT);
  private final AtomicLong count = new AtomicLong();

  /**
   * None yet.
   *
   * @param seconds hears of each as it is measured
   */
  PolicyDelays(DoubleConsumer seconds) {
    this.seconds = seconds;
  }

  /** A policy chose its first step; by clocks that disagree the delay may be negative. */
  void add(long publishedAtMicros, long usedAtMicros) {
    long delay = usedAtMicros - publishedAtMicros;
    micros.set((int) (count.get() % KEPT), delay);
    count.incrementAndGet();
    seconds.accept(delay / MICROS_PER_SECOND);
  }

  /** The delays in seconds, in no order. */
  double[] seconds() {
    double[] delays = new double[(int) Math.min(count.get(), KEPT)];
    for (int i = 0; i < delays.length; i++) {
      delays[i] = micros.get(i) / MICROS_PER_SECOND;
    }
    return delays;
  }
}
