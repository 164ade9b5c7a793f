package dev.relive.dashboards;

import static dev.relive.dashboards.PromQl.byRun;
import static dev.relive.dashboards.PromQl.inEnvironment;
import static dev.relive.dashboards.PromQl.max;
import static dev.relive.dashboards.PromQl.rate;
import static dev.relive.dashboards.PromQl.rateByRun;
import static dev.relive.dashboards.PromQl.sum;

import dev.relive.dashboards.Dashboard.Row;
import dev.relive.dashboards.PromQl.Suffix;
import dev.relive.service.Meter;
import java.util.List;

/** What happens inside learning. */
final class Learning {
  private Learning() {}

  static Dashboard dashboard() {
    return new Dashboard(
        "learning",
        "Relive: learning",
        "What happens inside learning: returns, losses, values, exploration, replay, staleness.",
        List.of(returns(), updates(), doubleDqn(), actorCritic(), exploration()));
  }

  private static Row returns() {
    return new Row(
        "Returns",
        Panel.lines(
                "Evaluation return with its spread",
                "short",
                "Mean return of the last evaluation, one standard deviation to both sides, and the"
                    + " best mean so far.")
            .sized(12, 9)
            .query(inEnvironment(byRun(Meter.EVALUATOR_RETURN_MEAN)), "{{run}} mean")
            .query(inEnvironment(deviation("-")), "{{run}} −σ")
            .query(inEnvironment(deviation("+")), "{{run}} +σ")
            .query(inEnvironment(byRun(Meter.EVALUATOR_BEST_RETURN_MEAN)), "{{run}} best")
            .edges("−σ", "\\+σ", "best"),
        Panel.lines(
                "Training return with its spread",
                "short",
                "Median return of the producers' episodes of five minutes, and the tenth and"
                    + " ninetieth percentile; the mean of these over producers.")
            .sized(12, 9)
            .query(inEnvironment(quantile("0.5")), "{{run}} median")
            .query(inEnvironment(quantile("0.1")), "{{run}} 10 %")
            .query(inEnvironment(quantile("0.9")), "{{run}} 90 %")
            .edges("10 %", "90 %"),
        Panel.lines(
                "Training return, as the log tells",
                "short",
                "Median return of the finished episodes in the log of five minutes, and the tenth"
                    + " and ninetieth percentile, of all producers together.")
            .sized(12, 9)
            .query(inEnvironment(logged("0.5")), "{{run}} median")
            .query(inEnvironment(logged("0.1")), "{{run}} 10 %")
            .query(inEnvironment(logged("0.9")), "{{run}} 90 %")
            .edges("10 %", "90 %"),
        Panel.lines(
                "Extremes of the evaluation",
                "short",
                "Smallest and largest return of the last evaluation.")
            .query(inEnvironment(byRun(Meter.EVALUATOR_RETURN_MIN)), "{{run}} smallest")
            .query(inEnvironment(byRun(Meter.EVALUATOR_RETURN_MAX)), "{{run}} largest"),
        Panel.lines(
                "Fall below the best",
                "percentunit",
                "How far the last evaluation is below the best one. ReliveRewardCollapse fires"
                    + " above the line if that is more than the spread of the returns explains.")
            .redFrom(Thresholds.RETURN_DROP)
            .query(RecordingRule.RETURN_DROP.query(), "{{run}}"),
        Panel.lines("Episode length", "short", "Mean transitions of the producers' episodes.")
            .query(
                inEnvironment(
                    sum("run", rate(PromQl.of(Meter.PRODUCER_EPISODE_LENGTH_STEPS, Suffix.SUM)))
                        + " / "
                        + sum(
                            "run",
                            rate(PromQl.of(Meter.PRODUCER_EPISODE_LENGTH_STEPS, Suffix.COUNT)))),
                "{{run}}"));
  }

  private static String deviation(String sign) {
    return "("
        + byRun(Meter.EVALUATOR_RETURN_MEAN)
        + " "
        + sign
        + " "
        + byRun(Meter.EVALUATOR_RETURN_STANDARD_DEVIATION)
        + ")";
  }

  private static String quantile(String quantile) {
    return "avg by (run) ("
        + PromQl.of(Meter.PRODUCER_EPISODE_RETURN, "quantile=\"" + quantile + "\"")
        + ")";
  }

  private static String logged(String quantile) {
    return max("run", PromQl.of(Meter.EPISODES_RETURN, "quantile=\"" + quantile + "\""));
  }

  private static Row updates() {
    return new Row(
        "Updates",
        Panel.lines("Loss", "short", "Of the last update. ReliveLearningDiverged fires at NaN.")
            .query(inEnvironment(byRun(Meter.LEARNER_LOSS)), "{{run}}"),
        Panel.lines(
                "Gradient norm",
                "short",
                "Global norm of the last update's gradient, before clipping.")
            .query(inEnvironment(byRun(Meter.LEARNER_GRADIENT_NORM)), "{{run}}"),
        Panel.lines("Updates", "ops", "Updates per second.")
            .query(inEnvironment(rateByRun(Meter.LEARNER_UPDATES)), "{{run}}"));
  }

  private static Row doubleDqn() {
    return new Row(
        "Double DQN",
        Panel.lines("Q values", "short", "Mean Q value of the last update's batch.")
            .query(inEnvironment(byRun(Meter.LEARNER_Q_VALUE_MEAN)), "{{run}}"),
        Panel.lines("TD error", "short", "Mean |TD error| of the last update's batch.")
            .query(inEnvironment(byRun(Meter.LEARNER_TD_ERROR_MEAN)), "{{run}}"),
        Panel.lines(
                "Replay",
                "percentunit",
                "How full the replay is: 1 from when on new transitions replace the oldest.")
            .query(
                inEnvironment(
                    byRun(Meter.LEARNER_REPLAY_TRANSITIONS)
                        + " / "
                        + byRun(Meter.LEARNER_REPLAY_CAPACITY)),
                "{{run}}"),
        Panel.lines(
                "Replay age",
                "s",
                "Time since the log took in the oldest transition in the replay.")
            .query(
                inEnvironment(
                    "(time() - " + byRun(Meter.LEARNER_REPLAY_OLDEST_TIMESTAMP_SECONDS) + ")"),
                "{{run}}"),
        Panel.lines(
                "Replay ratio",
                "short",
                "How often a transition is learned from: transitions drawn for updates by"
                    + " transitions ingested, over five minutes.")
            .query(RecordingRule.REPLAY_RATIO.query(), "{{run}}"),
        Panel.lines("ε", "percentunit", "Probability of a random action, asked of producers.")
            .query(inEnvironment(byRun(Meter.LEARNER_EPSILON)), "{{run}}"));
  }

  private static Row actorCritic() {
    return new Row(
        "Actor-critic",
        Panel.lines("Entropy", "short", "Mean entropy of the policy in nats.")
            .query(inEnvironment(byRun(Meter.LEARNER_ENTROPY)), "{{run}}"),
        Panel.lines("Value", "short", "Mean value of the last update's batch.")
            .query(inEnvironment(byRun(Meter.LEARNER_VALUE_MEAN)), "{{run}}"),
        Panel.lines("Losses", "short", "Policy loss and value loss of the last update.")
            .query(inEnvironment(byRun(Meter.LEARNER_POLICY_LOSS)), "{{run}} policy")
            .query(inEnvironment(byRun(Meter.LEARNER_VALUE_LOSS)), "{{run}} value"),
        Panel.lines(
                "Explained variance",
                "short",
                "1 where the critic knew all returns, 0 where it knew nothing.")
            .query(inEnvironment(byRun(Meter.LEARNER_EXPLAINED_VARIANCE)), "{{run}}"),
        Panel.lines(
                "Off-policy ratio",
                "short",
                "Mean of π/μ: 1 where the batch was made by the weights that it changes.")
            .query(inEnvironment(byRun(Meter.LEARNER_RATIO_MEAN)), "{{run}}"),
        Panel.lines("Stale steps", "ops", "Transitions per second too old to learn from.")
            .query(inEnvironment(rateByRun(Meter.LEARNER_STALE_STEPS)), "{{run}}"));
  }

  private static Row exploration() {
    return new Row(
        "From weights to actions",
        Panel.lines(
                "Policy staleness",
                "short",
                "Versions by which the producer that is furthest behind acts behind the newest.")
            .query(RecordingRule.POLICY_STALENESS.query(), "{{run}}"),
        Panel.lines(
                "Policy delay",
                "s",
                "From a policy's publication to the first step that it chose: median and 99th"
                    + " percentile.")
            .query(inEnvironment(delay("0.5")), "{{run}} median")
            .query(inEnvironment(delay("0.99")), "{{run}} 99 %"),
        Panel.lines("ε of producers", "percentunit", "Probability of a random action, as acted by.")
            .query(
                inEnvironment(max("run, actor", PromQl.of(Meter.PRODUCER_EPSILON))),
                "{{run}} {{actor}}"));
  }

  private static String delay(String quantile) {
    return "histogram_quantile("
        + quantile
        + ", "
        + sum("run, le", rate(PromQl.of(Meter.PRODUCER_POLICY_DELAY_SECONDS, Suffix.BUCKET)))
        + ")";
  }
}
