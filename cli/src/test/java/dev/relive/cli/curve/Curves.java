package dev.relive.cli.curve;

import dev.relive.evaluator.EvaluationSummary;
import dev.relive.log.wire.Evaluation;
import java.util.ArrayList;
import java.util.List;

/** Reward curves made up. */
final class Curves {

  private Curves() {}

  /** Evaluations of three episodes, one at the mean and the others as far from it on both sides. */
  static RewardCurve curve(String run, double threshold, double spread, double... means) {
    List<EvaluationSummary> evaluations = new ArrayList<>();
    for (int point = 0; point < means.length; point++) {
      evaluations.add(greedy(point + 1, 1_000L * point, means[point], spread));
    }
    return new RewardCurve(run, "", run, evaluations, threshold);
  }

  static EvaluationSummary greedy(long version, long steps, double mean, double spread) {
    return EvaluationSummary.of(evaluation(version, steps, mean, spread).setGreedy(true).build());
  }

  static EvaluationSummary stochastic(long version, long steps, double mean) {
    return EvaluationSummary.of(evaluation(version, steps, mean, 0).build());
  }

  private static Evaluation.Builder evaluation(
      long version, long steps, double mean, double spread) {
    return Evaluation.newBuilder()
        .setVersion(version)
        .setRunSteps(steps)
        .addReturns(mean)
        .addReturns(mean - spread)
        .addReturns(mean + spread);
  }
}
