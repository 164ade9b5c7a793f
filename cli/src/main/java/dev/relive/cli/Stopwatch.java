package dev.relive.cli;

import java.lang.management.ManagementFactory;
import java.time.Duration;
import java.time.Instant;

/** Time since Java was started; a build that the launcher made before does not count. */
final class Stopwatch {

  private final Instant start;
  private final Instant made = Instant.now();
  private final long madeNanos = System.nanoTime();

  private Stopwatch(Instant start) {
    this.start = start;
  }

  static Stopwatch sinceJavaStart() {
    return new Stopwatch(Instant.ofEpochMilli(ManagementFactory.getRuntimeMXBean().getStartTime()));
  }

  /** Goes on evenly, whatever happens to the clock on the wall. */
  Duration elapsed() {
    return Duration.between(start, made).plusNanos(System.nanoTime() - madeNanos);
  }

  /** When something was that the clock on the wall told. */
  Duration at(Instant instant) {
    return Duration.between(start, instant);
  }
}
