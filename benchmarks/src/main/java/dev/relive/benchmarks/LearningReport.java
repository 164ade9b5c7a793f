package dev.relive.benchmarks;

import dev.relive.environments.random.Generator;
import java.util.List;
import java.util.function.Function;
import java.util.function.ToDoubleFunction;

/** Results of several seeds as a Markdown table: a line for each seed, then their summaries. */
final class LearningReport {
  private static final long BOOTSTRAP_SEED = 0;

  private final List<LearningResult> results;
  private final StratifiedBootstrap bootstrap;

  /**
   * @param results at least one
   */
  LearningReport(List<LearningResult> results, StratifiedBootstrap bootstrap) {
    this.results = List.copyOf(results);
    this.bootstrap = bootstrap;
  }

  /** The table, and above it how many were solved. */
  String markdown() {
    StringBuilder text = new StringBuilder();
    long solved = results.stream().filter(LearningResult::solved).count();
    text.append("Solved %d of %d.%n%n".formatted(solved, results.size()));
    line(text, "seed", LearningMeasure::name);
    line(text, "---:", measure -> "---:");
    for (LearningResult result : results) {
      line(text, Long.toString(result.seed()), measure -> measure.format(measure.counted(result)));
    }
    summary(text, "mean", Statistics::mean);
    summary(text, "median", Statistics::median);
    summary(text, "IQM", Statistics::interquartileMean);
    line(text, "95 % of the IQM", this::interval);
    return text.toString();
  }

  private void summary(StringBuilder text, String name, ToDoubleFunction<double[]> statistic) {
    line(text, name, measure -> measure.format(statistic.applyAsDouble(counted(measure))));
  }

  private String interval(LearningMeasure measure) {
    StratifiedBootstrap.Interval interval =
        bootstrap.interval(
            List.of(counted(measure)),
            Statistics::interquartileMean,
            Generator.seeded(BOOTSTRAP_SEED));
    return measure.format(interval.low()) + " to " + measure.format(interval.high());
  }

  private double[] counted(LearningMeasure measure) {
    return results.stream().mapToDouble(measure::counted).toArray();
  }

  private static void line(
      StringBuilder text, String first, Function<LearningMeasure, String> cell) {
    text.append("| ").append(first).append(" |");
    for (LearningMeasure measure : LearningMeasure.ALL) {
      text.append(' ').append(cell.apply(measure)).append(" |");
    }
    text.append(System.lineSeparator());
  }
}
