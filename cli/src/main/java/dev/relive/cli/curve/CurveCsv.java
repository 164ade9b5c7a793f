package dev.relive.cli.curve;

import dev.relive.evaluator.EvaluationSummary;
import java.util.List;
import java.util.StringJoiner;

/** Evaluations as comma-separated values (RFC 4180), one a line; what is no number is NaN. */
public final class CurveCsv {

  private static final String HEADER =
      "run,label,version,steps,greedy,episodes,mean,median,min,max,standard_deviation,"
          + "confidence_low,confidence_high\n";

  private CurveCsv() {}

  /** All evaluations of all curves, confirmations left out. */
  public static String text(List<RewardCurve> curves) {
    StringBuilder text = new StringBuilder(HEADER);
    for (RewardCurve curve : curves) {
      curve.evaluations().forEach(each -> text.append(line(curve, each)).append('\n'));
    }
    return text.toString();
  }

  private static String line(RewardCurve curve, EvaluationSummary each) {
    StringJoiner line = new StringJoiner(",");
    line.add(quoted(curve.run())).add(quoted(curve.label()));
    line.add(Long.toString(each.version())).add(Long.toString(each.runSteps()));
    line.add(Boolean.toString(each.greedy())).add(Integer.toString(each.episodes()));
    line.add(Double.toString(each.mean())).add(Double.toString(each.median()));
    line.add(Double.toString(each.least())).add(Double.toString(each.most()));
    line.add(Double.toString(each.standardDeviation()));
    line.add(Double.toString(each.interval().low())).add(Double.toString(each.interval().high()));
    return line.toString();
  }

  private static String quoted(String text) {
    return text.matches("[^\",\\r\\n]*") ? text : '"' + text.replace("\"", "\"\"") + '"';
  }
}
