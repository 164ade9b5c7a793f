package dev.relive.evaluator;

import dev.relive.environments.random.Generator;
import java.util.Arrays;

/**
 * Where the mean of a policy's returns lies with 95 % confidence, by the percentile bootstrap: the
 * 2.5th and the 97.5th percentile of the means of {@value #RESAMPLES} samples, each of as many
 * returns as were seen, drawn from them with replacement (Efron and Tibshirani, <i>An Introduction
 * to the Bootstrap</i>, 1993, chapter 13).
 *
 * <p>Returns are bounded and often lie at their bound, or are far from a bell curve: an interval by
 * Student's t would then reach beyond what any episode can return, and this one does not. The draws
 * come from a fixed stream, so that the same returns have the same interval wherever it is shown.
 *
 * @param low NaN where there are fewer than two returns, or one is NaN
 * @param high as {@code low}
 */
public record BootstrapInterval(double low, double high) {
  private static final int RESAMPLES = 1_000;
  private static final double OUTSIDE_EACH_END = 0.025;
  private static final BootstrapInterval UNKNOWN = new BootstrapInterval(Double.NaN, Double.NaN);

  /** The interval of the mean of these returns. */
  static BootstrapInterval ofMean(double[] returns) {
    if (returns.length < 2 || Arrays.stream(returns).anyMatch(Double::isNaN)) {
      return UNKNOWN;
    }
    Generator random = Generator.seeded(0);
    double[] means = new double[RESAMPLES];
    for (int resample = 0; resample < RESAMPLES; resample++) {
      double sum = 0;
      for (int draw = 0; draw < returns.length; draw++) {
        sum += returns[random.integers(returns.length)];
      }
      means[resample] = sum / returns.length;
    }
    Arrays.sort(means);
    return new BootstrapInterval(
        percentile(means, OUTSIDE_EACH_END), percentile(means, 1 - OUTSIDE_EACH_END));
  }

  /** Linear between the two nearest ranks, as NumPy's. */
  private static double percentile(double[] sorted, double share) {
    double place = share * (sorted.length - 1);
    int below = (int) place;
    int above = Math.min(below + 1, sorted.length - 1);
    return sorted[below] + (place - below) * (sorted[above] - sorted[below]);
  }
}
