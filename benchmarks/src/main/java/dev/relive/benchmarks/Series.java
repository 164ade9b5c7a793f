package dev.relive.benchmarks;

import java.util.List;

/**
 * How fast something was, round by round.
 *
 * @param perSecond units a second, one number a round; at least one
 */
record Series(List<Double> perSecond) {

  Series {
    perSecond = List.copyOf(perSecond);
  }

  double median() {
    return Statistics.median(perSecond.stream().mapToDouble(Double::doubleValue).toArray());
  }
}
