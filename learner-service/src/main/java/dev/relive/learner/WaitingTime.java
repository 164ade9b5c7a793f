package dev.relive.learner;

import java.util.function.LongSupplier;

/** How long a thread has waited for work. Told by that thread, read by any; begins as a wait. */
final class WaitingTime {
  private static final double NANOS_PER_SECOND = 1e9;

  private final LongSupplier nanoTime;
  private volatile Waits waits;

  /**
   * The waits that are over, and when the one under way began.
   *
   * @param underWay whether there is one
   */
  private record Waits(long nanos, boolean underWay, long began) {}

  /**
   * @param nanoTime a monotonic clock in nanoseconds
   */
  WaitingTime(LongSupplier nanoTime) {
    this.nanoTime = nanoTime;
    waits = new Waits(0, true, nanoTime.getAsLong());
  }

  /** Work has come. */
  void ends() {
    waits = new Waits(nanos(), false, 0);
  }

  /** The work is done. */
  void begins() {
    waits = new Waits(nanos(), true, nanoTime.getAsLong());
  }

  /** Time waited in seconds, the wait under way included. */
  double seconds() {
    return nanos() / NANOS_PER_SECOND;
  }

  private long nanos() {
    Waits now = waits;
    return now.underWay() ? now.nanos() + nanoTime.getAsLong() - now.began() : now.nanos();
  }
}
