package dev.relive.cli;

import java.time.Duration;
import java.time.Instant;

/** Time since this process began, as its user waited for it: the start of Java included. */
final class Stopwatch {

  private final Instant start;
  private final Instant made = Instant.now();
  private final long madeNanos = System.nanoTime();

  private Stopwatch(Instant start) {
    this.start = start;
  }

  static Stopwatch sinceProcessStart() {
    return new Stopwatch(ProcessHandle.current().info().startInstant().orElseGet(Instant::now));
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
