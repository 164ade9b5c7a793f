package dev.relive.dashboards;

import dev.relive.service.Meter;

/** What Prometheus computes ahead, one series for each run. */
enum RecordingRule {
  STEPS("run:relive_learner_steps:max", "max by (run) (%s)", Meter.LEARNER_STEPS),
  STEPS_RATE("run:relive_learner_steps:rate5m", "sum by (run) (rate(%s[5m]))", Meter.LEARNER_STEPS),
  PRODUCED_RATE(
      "run:relive_producer_steps:rate5m", "sum by (run) (rate(%s[5m]))", Meter.PRODUCER_STEPS),
  UPDATES_RATE(
      "run:relive_learner_updates:rate5m", "sum by (run) (rate(%s[5m]))", Meter.LEARNER_UPDATES),
  REPLAY_RATIO(
      "run:relive_learner_replay_ratio:rate5m",
      "sum by (run) (rate(%s[5m])) * max by (run) (%s) / sum by (run) (rate(%s[5m]))",
      Meter.LEARNER_UPDATES,
      Meter.LEARNER_BATCH_SIZE,
      Meter.LEARNER_STEPS),
  TRAINING_RETURN(
      "run:relive_producer_episode_return:mean5m",
      "sum by (run) (rate(%1$s_sum[5m])) / sum by (run) (rate(%1$s_count[5m]))",
      Meter.PRODUCER_EPISODE_RETURN),
  RETURN_DROP(
      "run:relive_evaluator_return_drop:ratio",
      "(max by (run) (%1$s) - max by (run) (%2$s)) / clamp_min(abs(max by (run) (%1$s)), 1)",
      Meter.EVALUATOR_BEST_RETURN_MEAN,
      Meter.EVALUATOR_RETURN_MEAN),
  RETURN_DROP_DEVIATIONS(
      "run:relive_evaluator_return_drop:deviations",
      "(max by (run) (%s) - max by (run) (%s)) / clamp_min(max by (run) (%s), 1e-9)",
      Meter.EVALUATOR_BEST_RETURN_MEAN,
      Meter.EVALUATOR_RETURN_MEAN,
      Meter.EVALUATOR_RETURN_STANDARD_DEVIATION),
  POLICY_STALENESS(
      "run:relive_policy_staleness:versions",
      "max by (run) (%s) - min by (run) (%s)",
      Meter.LEARNER_POLICY_VERSION,
      Meter.PRODUCER_POLICY_VERSION),
  SNAPSHOT_AGE(
      "run:relive_learner_snapshot_age:seconds",
      "time() - max by (run) (%s)",
      Meter.LEARNER_SNAPSHOT_TIMESTAMP_SECONDS);

  private final String record;
  private final String expression;

  RecordingRule(String record, String format, Meter... meters) {
    this.record = record;
    Object[] names = new Object[meters.length];
    for (int i = 0; i < meters.length; i++) {
      names[i] = meters[i].metricName();
    }
    this.expression = format.formatted(names);
  }

  /** The name of what it makes. */
  String record() {
    return record;
  }

  String expression() {
    return expression;
  }

  /** What it makes, for the runs that a dashboard has chosen. */
  String query() {
    return PromQl.inEnvironment(record + "{run=~\"$run\"}");
  }
}
