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

  double least() {
    return Arrays.stream(returns).min().orElse(Double.NaN);
  }

  double most() {
    return Arrays.stream(returns).max().orElse(Double.NaN);
  }
}
