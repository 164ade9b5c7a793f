package dev.relive.cli.curve;

import dev.relive.evaluator.EvaluationSummary;
import java.util.List;
import java.util.stream.Stream;

/**
 * A run's mean return over its steps, as its evaluations found it.
 *
 * @param run the run's id
 * @param label the run's label; may be empty
 * @param name what it is called beside other runs
 * @param evaluations in log order, confirmations left out
 * @param threshold the mean return that solves the environment; NaN where it states none
 */
public record RewardCurve(
    String run, String label, String name, List<EvaluationSummary> evaluations, double threshold) {

  /** Copies the list. */
  public RewardCurve {
    evaluations = List.copyOf(evaluations);
  }

  /** What can be drawn: greedy evaluations whose mean return is a number. */
  List<EvaluationSummary> points() {
    return greedy().filter(each -> Double.isFinite(each.mean())).toList();
  }

  /** Greedy evaluations that cannot be drawn. */
  long unusable() {
    return greedy().count() - points().size();
  }

  private Stream<EvaluationSummary> greedy() {
    return evaluations.stream().filter(EvaluationSummary::greedy);
  }

  /** The lower end of a point's confidence interval, or its mean where there is none. */
  static double low(EvaluationSummary point) {
    return Double.isFinite(point.interval().low()) ? point.interval().low() : point.mean();
  }

  /** The upper end of a point's confidence interval, or its mean where there is none. */
  static double high(EvaluationSummary point) {
    return Double.isFinite(point.interval().high()) ? point.interval().high() : point.mean();
  }
}
