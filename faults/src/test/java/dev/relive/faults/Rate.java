package dev.relive.faults;

import java.time.Duration;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.function.LongSupplier;

/** How fast a number grows. */
final class Rate {
  private static final double NANOS_PER_SECOND = 1e9;
  private static final long BETWEEN_LOOKS_MILLIS = 50;

  private final LongSupplier number;

  private record Look(long nanos, long number) {}

  Rate(LongSupplier number) {
    this.number = number;
  }

  /** By the second, over a time. */
  double over(Duration time) throws InterruptedException {
    Look first = look();
    Thread.sleep(time.toMillis());
    return between(first, look());
  }

  /**
   * Waits until it was as high as wanted for a second.
   *
   * @return the highest that was reached
   */
  double awaitOneSecondOf(double wanted, Duration limit) throws InterruptedException {
    long end = System.nanoTime() + limit.toNanos();
    Deque<Look> lastSecond = new ArrayDeque<>();
    double highest = 0;
    while (highest < wanted && System.nanoTime() - end < 0) {
      Look now = look();
      lastSecond.add(now);
      while (now.nanos() - lastSecond.getFirst().nanos() > NANOS_PER_SECOND) {
        highest = Math.max(highest, between(lastSecond.removeFirst(), now));
      }
      Thread.sleep(BETWEEN_LOOKS_MILLIS);
    }
    return highest;
  }

  private Look look() {
    return new Look(System.nanoTime(), number.getAsLong());
  }

  private static double between(Look first, Look last) {
    return (last.number() - first.number()) * NANOS_PER_SECOND / (last.nanos() - first.nanos());
  }
}
