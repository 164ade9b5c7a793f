package dev.relive.cli;

import java.time.Duration;
import java.util.ArrayDeque;
import java.util.Deque;

/** How fast a count grew over the last seconds. Used by one thread. */
final class RateMeter {

  private static final Duration WINDOW = Duration.ofSeconds(3);

  private record Sample(Duration at, long count) {}

  private final Deque<Sample> samples = new ArrayDeque<>();

  /**
   * Adds what the count is now.
   *
   * @param now on a clock that starts anywhere
   * @return the count's growth per second over the window, 0 at first
   */
  double add(Duration now, long count) {
    samples.addLast(new Sample(now, count));
    while (samples.size() > 2 && isBeyondWindow(now)) {
      samples.removeFirst();
    }
    Sample first = samples.getFirst();
    long nanoseconds = now.minus(first.at()).toNanos();
    return nanoseconds == 0 ? 0 : (count - first.count()) * 1e9 / nanoseconds;
  }

  private boolean isBeyondWindow(Duration now) {
    return now.minus(samples.getFirst().at()).compareTo(WINDOW) > 0;
  }
}
