package dev.relive.cli.curve;

import dev.relive.evaluator.EvaluationSummary;
import dev.relive.log.RunReports.RunReport;
import dev.relive.log.wire.EnvironmentSpec;
import dev.relive.log.wire.Evaluation;
import java.util.ArrayList;
import java.util.List;

/** The reward curves of runs, from what the log tells of them. */
public final class RunCurves {

  private RunCurves() {}

  /** One for each run, in the same order. */
  public static List<RewardCurve> of(List<RunReport> runs) {
    List<String> names = RunNames.of(runs);
    List<RewardCurve> curves = new ArrayList<>();
    for (int run = 0; run < runs.size(); run++) {
      curves.add(of(runs.get(run), names.get(run)));
    }
    return curves;
  }

  private static RewardCurve of(RunReport report, String name) {
    EnvironmentSpec environment = report.run().spec().getEnvironment();
    return new RewardCurve(
        report.run().id(),
        report.run().label(),
        name,
        report.evaluations().stream()
            .filter(each -> !isConfirmation(each))
            .map(EvaluationSummary::of)
            .toList(),
        environment.hasRewardThreshold() ? environment.getRewardThreshold() : Double.NaN);
  }

  private static boolean isConfirmation(Evaluation evaluation) {
    return evaluation.getGreedy() && evaluation.getConfirmation();
  }
}
