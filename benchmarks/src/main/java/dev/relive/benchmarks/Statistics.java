package dev.relive.benchmarks;

import java.util.Arrays;

/**
 * Summaries of numbers. An infinite number, a run that never got there, counts as larger than all
 * others and is not left out.
 */
final class Statistics {

  private Statistics() {}

  static double mean(double... values) {
    double sum = 0;
    for (double value : values) {
      sum += value;
    }
    return sum / values.length;
  }

  static double median(double... values) {
    return percentile(0.5, values);
  }

  /**
   * The interquartile mean: the mean of what is left without the lowest and the highest quarter,
   * each rounded down to whole values, as {@code scipy.stats.trim_mean(values, 0.25)}.
   */
  static double interquartileMean(double... values) {
    double[] sorted = values.clone();
    Arrays.sort(sorted);
    int cut = sorted.length / 4;
    return mean(Arrays.copyOfRange(sorted, cut, sorted.length - cut));
  }

  /**
   * The value below which a fraction of the values lies, linear between neighbours, as {@code
   * numpy.quantile}.
   *
   * @param fraction 0 to 1
   */
  static double percentile(double fraction, double... values) {
    double[] sorted = values.clone();
    Arrays.sort(sorted);
    double position = fraction * (sorted.length - 1);
    int lower = (int) position;
    double weight = position - lower;
    double value = sorted[lower];
    if (weight == 0 || sorted[lower + 1] == value) {
      return value;
    }
    return value + weight * (sorted[lower + 1] - value);
  }
}
