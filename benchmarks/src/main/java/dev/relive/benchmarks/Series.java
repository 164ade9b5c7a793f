package dev.relive.benchmarks;

import java.util.List;

/**
 * What was measured, round by round.
 *
 * @param rounds one figure a round; at least one
 */
record Series(List<Double> rounds) {

  Series {
    rounds = List.copyOf(rounds);
  }

  double median() {
    return Statistics.median(rounds.stream().mapToDouble(Double::doubleValue).toArray());
  }
}
