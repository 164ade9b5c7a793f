package dev.relive.benchmarks;

import dev.relive.environments.random.Generator;
import java.util.List;
import java.util.function.ToDoubleFunction;

/**
 * Percentile intervals by the stratified bootstrap: runs are drawn again with replacement within
 * their task, so that every resample has as many runs of each task as there were, and the statistic
 * is taken over all of them. Source: Agarwal, Schwarzer, Castro, Courville and Bellemare, "Deep
 * Reinforcement Learning at the Edge of the Statistical Precipice", NeurIPS 2021.
 *
 * @param resamples how often; the paper's library takes 50,000
 * @param level the part of the resamples that lies in the interval, such as 0.95
 */
record StratifiedBootstrap(int resamples, double level) {
  static final StratifiedBootstrap DEFAULT = new StratifiedBootstrap(50_000, 0.95);

  /** Where the statistic lies with the bootstrap's level. */
  record Interval(double low, double high) {}

  /**
   * The interval of a statistic.
   *
   * @param tasks the values of each task's runs; at least one run in all
   * @param statistic of the values of all runs together
   */
  Interval interval(List<double[]> tasks, ToDoubleFunction<double[]> statistic, Generator random) {
    double[] drawn = new double[tasks.stream().mapToInt(values -> values.length).sum()];
    double[] outcomes = new double[resamples];
    for (int i = 0; i < resamples; i++) {
      int next = 0;
      for (double[] values : tasks) {
        for (int run = 0; run < values.length; run++) {
          drawn[next++] = values[random.integers(values.length)];
        }
      }
      outcomes[i] = statistic.applyAsDouble(drawn);
    }
    double outside = (1 - level) / 2;
    return new Interval(
        Statistics.percentile(outside, outcomes), Statistics.percentile(1 - outside, outcomes));
  }
}
