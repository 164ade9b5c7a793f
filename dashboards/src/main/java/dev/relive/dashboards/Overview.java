package dev.relive.dashboards;

import static dev.relive.dashboards.PromQl.byRun;
import static dev.relive.dashboards.PromQl.inEnvironment;
import static dev.relive.dashboards.PromQl.rateByRun;

import dev.relive.dashboards.Dashboard.Row;
import dev.relive.service.Meter;
import java.util.List;

/** Whether the runs learn, how far they are and what is wrong. */
final class Overview {
  private Overview() {}

  static Dashboard dashboard() {
    return new Dashboard(
        "overview",
        "Relive: overview",
        "Whether runs learn, how far they are, how fast, and what is wrong.",
        List.of(state(), rewards(), speed(), runs()));
  }

  private static Row state() {
    return new Row(
        "State",
        Panel.number("Best mean return", "short", "The best evaluation of each run so far.")
            .query(inEnvironment(byRun(Meter.EVALUATOR_BEST_RETURN_MEAN)), "{{run}}"),
        Panel.number(
                "Solved",
                "none",
                "Whether a snapshot reached the environment's threshold twice over.")
            .words("not yet", "solved")
            .query(inEnvironment(byRun(Meter.EVALUATOR_SOLVED)), "{{run}}"),
        Panel.number("Steps", "short", "Transitions that the learner has ingested.")
            .query(RecordingRule.STEPS.query(), "{{run}}"),
        Panel.number(
                "Snapshot age",
                "s",
                "Time since weights were last kept. Red where ReliveNoSnapshot fires.")
            .redFrom(Thresholds.SNAPSHOT_AGE)
            .query(RecordingRule.SNAPSHOT_AGE.query(), "{{run}}"),
        Panel.number("Learners so far", "short", "Each restart of a run's learner is one more.")
            .query(inEnvironment(byRun(Meter.LEARNER_GENERATION)), "{{run}}"),
        Panel.number("Alerts", "none", "Relive's alerts that fire now.")
            .redFrom(1)
            .query("count(" + Dashboard.firing() + ") or vector(0)", "firing"));
  }

  private static Row rewards() {
    return new Row(
        "Rewards",
        Panel.lines(
                "Evaluation return",
                "short",
                "Mean return of the greedy policy of the snapshot evaluated last, on seeds that"
                    + " training never sees, and the return that solves the environment.")
            .sized(12, 9)
            .query(inEnvironment(byRun(Meter.EVALUATOR_RETURN_MEAN)), "{{run}}")
            .query(inEnvironment(byRun(Meter.EVALUATOR_RETURN_THRESHOLD)), "{{run}} solves it")
            .edges("solves it"),
        Panel.lines(
                "Training return",
                "short",
                "Mean return of the episodes that ended within five minutes, exploration included.")
            .sized(12, 9)
            .query(RecordingRule.TRAINING_RETURN.query(), "{{run}}"));
  }

  private static Row speed() {
    return new Row(
        "Speed and flow",
        Panel.lines("Steps", "ops", "Transitions per second, made by producers and ingested.")
            .query(inEnvironment(rateByRun(Meter.PRODUCER_STEPS)), "{{run}} made")
            .query(inEnvironment(rateByRun(Meter.LEARNER_STEPS)), "{{run}} ingested"),
        Panel.lines("Updates", "ops", "Updates of the weights per second.")
            .query(inEnvironment(rateByRun(Meter.LEARNER_UPDATES)), "{{run}}"),
        Panel.lines(
                "Credit",
                "short",
                "Transitions that producers may still make before the learner ingests more."
                    + " At 0 the learner is what limits the run.")
            .query(inEnvironment(PromQl.of(Meter.PRODUCER_CREDIT_STEPS)), "{{run}} {{actor}}"));
  }

  private static Row runs() {
    return new Row(
        "Runs",
        Panel.table("Runs", "The chosen runs and what they learn.")
            .query(
                PromQl.max(
                    "run, label, environment, algorithm",
                    PromQl.of(Meter.RUN_INFO, "environment=~\"$environment\"")),
                "{{run}}"),
        Panel.table("Alerts", "Relive's alerts that fire now (may be empty).")
            .query(Dashboard.firing(), "{{alertname}}"));
  }
}
