package dev.relive.cli.curve;

import dev.relive.evaluator.EvaluationSummary;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.DoubleStream;

/**
 * The axes that hold all of some curves.
 *
 * @param steps across, from 0
 * @param returns upwards
 * @param thresholds the different mean returns that solve the runs' environments
 */
record CurveAxes(Axis steps, Axis returns, List<Double> thresholds) {

  /**
   * Axes of curves of which at least one has a point.
   *
   * @param acrossIntervals how many ticks there is room for across
   * @param upIntervals and upwards
   */
  static CurveAxes of(List<RewardCurve> curves, int acrossIntervals, int upIntervals) {
    List<EvaluationSummary> points =
        curves.stream().flatMap(each -> each.points().stream()).toList();
    List<Double> thresholds =
        curves.stream()
            .map(RewardCurve::threshold)
            .filter(Double::isFinite)
            .distinct()
            .sorted()
            .toList();
    List<Double> values = new ArrayList<>(thresholds);
    points.forEach(
        each -> {
          values.add(RewardCurve.low(each));
          values.add(RewardCurve.high(each));
        });
    long last = points.stream().mapToLong(EvaluationSummary::runSteps).max().orElse(0);
    return new CurveAxes(
        Axis.over(0, (double) Math.max(1, last), acrossIntervals),
        Axis.over(stream(values).min().orElse(0), stream(values).max().orElse(0), upIntervals),
        thresholds);
  }

  private static DoubleStream stream(List<Double> values) {
    return values.stream().mapToDouble(Double::doubleValue);
  }
}
