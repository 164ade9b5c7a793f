package dev.relive.benchmarks;

import java.time.Duration;

/**
 * How much work goes into a measurement.
 *
 * @param warmUps rounds that are not counted
 * @param rounds rounds that are counted
 * @param segments written or read in one round
 * @param steps made by environments in one round
 * @param policies whose way is timed in one round
 * @param iteration of JMH
 * @param iterations of JMH in each round that count, after twice as many that do not
 * @param forked whether JMH's rounds get a Java process of their own
 */
record Effort(
    int warmUps,
    int rounds,
    int segments,
    int steps,
    int policies,
    Duration iteration,
    int iterations,
    boolean forked) {
  static final Effort FULL = new Effort(5, 7, 40_000, 100_000, 60, Duration.ofSeconds(1), 2, true);
}
