package dev.relive.evaluator;

import dev.relive.log.wire.Evaluation;
import java.util.Arrays;
import java.util.stream.DoubleStream;

/**
 * What came of some episodes.
 *
 * @param returns the undiscounted sum of each one's rewards, in the order of their seeds
 * @param lengths their steps
 */
@SuppressWarnings("ArrayRecordComponent")
record EpisodeResults(double[] returns, long[] lengths) {

  static EpisodeResults of(Evaluation evaluation) {
    return new EpisodeResults(
        evaluation.getReturnsList().stream().mapToDouble(Double::doubleValue).toArray(),
        evaluation.getLengthsList().stream().mapToLong(Long::longValue).toArray());
  }

  double mean() {
    return DoubleStream.of(returns).average().orElse(Double.NaN);
  }

  /** The standard deviation of these returns themselves: √(Σ (r − mean)² / n). */
  double standardDeviation() {
    double mean = mean();
    return Math.sqrt(
        DoubleStream.of(returns).map(r -> (r - mean) * (r - mean)).average().orElse(Double.NaN));
  }

  /** The middle one, or halfway between the two in the middle. */
  double median() {
    if (returns.length == 0 || Arrays.stream(returns).anyMatch(Double::isNaN)) {
      return Double.NaN;
    }
    double[] sorted = returns.clone();
    Arrays.sort(sorted);
    int middle = sorted.length / 2;
    return sorted.length % 2 == 1 ? sorted[middle] : (sorted[middle - 1] + sorted[middle]) / 2;
  }

  double least() {
    return Arrays.stream(returns).min().orElse(Double.NaN);
  }

  double most() {
    return Arrays.stream(returns).max().orElse(Double.NaN);
  }
}
