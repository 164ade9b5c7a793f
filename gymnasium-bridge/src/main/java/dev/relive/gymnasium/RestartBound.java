package dev.relive.gymnasium;

import java.util.concurrent.TimeUnit;
import java.util.function.LongSupplier;

/**
 * How often Python may be started again: five times without a step between, and five times within a
 * minute.
 */
final class RestartBound {
  static final int MOST = 5;
  private static final long MINUTE = TimeUnit.MINUTES.toNanos(1);

  private final LongSupplier nanoTime;
  private final long[] times = new long[MOST];
  private int restarts;
  private int sinceStep;

  RestartBound(LongSupplier nanoTime) {
    this.nanoTime = nanoTime;
  }

  /** Counts a restart, unless it would be one too many. */
  boolean allows() {
    long now = nanoTime.getAsLong();
    int oldest = restarts % MOST;
    if (sinceStep == MOST || (restarts >= MOST && now - times[oldest] < MINUTE)) {
      return false;
    }
    times[oldest] = now;
    restarts++;
    sinceStep++;
    return true;
  }

  /** A step was made. */
  void onStep() {
    sinceStep = 0;
  }
}
