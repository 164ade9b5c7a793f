package dev.relive.dashboards;

import dev.relive.service.Meter;
import java.util.Locale;

/** What users fear, and how it is noticed. {@code docs/runbook.md} has a section for each. */
enum Alert {
  NO_PROGRESS(
      "ReliveNoProgress",
      Severity.CRITICAL,
      "5m",
      "sum by (run) (rate(" + Meter.LEARNER_STEPS.metricName() + "[5m]))",
      "== 0",
      "The learner of run {{ $labels.run }} ingests nothing."),
  LEARNER_GONE(
      "ReliveLearnerGone",
      Severity.CRITICAL,
      "2m",
      "count by (run) (" + Meter.PRODUCER_LANES.metricName() + ")",
      "unless on (run) " + Meter.LEARNER_STEPS.metricName(),
      "Run {{ $labels.run }} has producers and no learner."),
  LEARNING_DIVERGED(
      "ReliveLearningDiverged",
      Severity.CRITICAL,
      "0s",
      "max by (run) (max_over_time(" + Meter.LEARNER_DIVERGED.metricName() + "[15m]))",
      "== 1 or max by (run) (%1$s - %1$s) != 0".formatted(Meter.LEARNER_LOSS.metricName()),
      "The loss or the gradient of run {{ $labels.run }} is no finite number."),
  REWARD_COLLAPSE(
      "ReliveRewardCollapse",
      Severity.WARNING,
      "10m",
      RecordingRule.RETURN_DROP.record(),
      "> %s and on (run) %s > %d"
          .formatted(
              Thresholds.RETURN_DROP,
              RecordingRule.RETURN_DROP_DEVIATIONS.record(),
              Thresholds.RETURN_DROP_DEVIATIONS),
      "The mean return of run {{ $labels.run }} is {{ $value | humanizePercentage }} of the best"
          + " below the best."),
  LEARNER_BEHIND(
      "ReliveLearnerBehind",
      Severity.WARNING,
      "10m",
      "max by (run) (" + Meter.LEARNER_LOG_LAG_RECORDS.metricName() + ")",
      "> " + Thresholds.LAG_RECORDS,
      "The learner of run {{ $labels.run }} is {{ $value }} records behind its log."),
  SEGMENTS_MISSING(
      "ReliveSegmentsMissing",
      Severity.CRITICAL,
      "0s",
      "sum by (run) (increase(" + Meter.LEARNER_SEGMENTS_MISSING.metricName() + "[15m]))",
      "> 0",
      "Segments of run {{ $labels.run }} are missing from the log."),
  RECORDS_REJECTED(
      "ReliveRecordsRejected",
      Severity.WARNING,
      "0s",
      "sum by (run) (increase(" + Meter.LEARNER_RECORDS_REJECTED.metricName() + "[15m]))",
      "> 0",
      "The learner of run {{ $labels.run }} found records that it cannot use."),
  NO_SNAPSHOT(
      "ReliveNoSnapshot",
      Severity.WARNING,
      "5m",
      "time() - max by (run) (" + Meter.LEARNER_SNAPSHOT_TIMESTAMP_SECONDS.metricName() + ")",
      "> " + Thresholds.SNAPSHOT_AGE,
      "Run {{ $labels.run }} has kept no weights for {{ $value | humanizeDuration }}."),
  EVALUATOR_BEHIND(
      "ReliveEvaluatorBehind",
      Severity.WARNING,
      "5m",
      "time() - max by (run) (" + Meter.EVALUATOR_LAST_TIMESTAMP_SECONDS.metricName() + ")",
      "> %d and on (run) max by (run) (%s) > max by (run) (%s) unless on (run) max by (run) (%s) == 0"
          .formatted(
              Thresholds.EVALUATION_AGE,
              Meter.LEARNER_SNAPSHOT_TIMESTAMP_SECONDS.metricName(),
              Meter.EVALUATOR_LAST_TIMESTAMP_SECONDS.metricName(),
              Meter.EVALUATOR_VERSION_LAG.metricName()),
      "Run {{ $labels.run }} has a newer snapshot, and the last evaluation was"
          + " {{ $value | humanizeDuration }} ago."),
  PRODUCERS_STALLED(
      "ReliveProducersStalled",
      Severity.WARNING,
      "5m",
      "sum by (run, actor) (rate(" + Meter.PRODUCER_STEPS.metricName() + "[5m]))",
      "== 0",
      "Producer {{ $labels.actor }} of run {{ $labels.run }} makes no steps."),
  DISK_LOW(
      "ReliveDiskLow",
      Severity.WARNING,
      "5m",
      "min by (instance) (%s / %s)"
          .formatted(
              Meter.BROKER_FREE_DISK_BYTES.metricName(),
              Meter.BROKER_FREE_DISK_FLOOR_BYTES.metricName()),
      "< " + Thresholds.FREE_DISK_BY_FLOOR,
      "The disk of the embedded Kafka of {{ $labels.instance }} is almost full."),
  DISK_FULL(
      "ReliveDiskFull",
      Severity.CRITICAL,
      "0s",
      "min by (instance) (" + Meter.BROKER_TAKES_EXPERIENCE.metricName() + ")",
      "== 0",
      "The embedded Kafka of {{ $labels.instance }} takes no more experience.");

  /** How soon somebody should look. */
  enum Severity {
    WARNING,
    CRITICAL;

    @Override
    public String toString() {
      return name().toLowerCase(Locale.ROOT);
    }
  }

  private final String alertName;
  private final Severity severity;
  private final String lasting;
  private final String measure;
  private final String condition;
  private final String summary;

  Alert(
      String alertName,
      Severity severity,
      String lasting,
      String measure,
      String condition,
      String summary) {
    this.alertName = alertName;
    this.severity = severity;
    this.lasting = lasting;
    this.measure = measure;
    this.condition = condition;
    this.summary = summary;
  }

  String alertName() {
    return alertName;
  }

  Severity severity() {
    return severity;
  }

  /** How long the condition must hold. */
  String lasting() {
    return lasting;
  }

  /** What is looked at: there whenever the services run. */
  String measure() {
    return measure;
  }

  /** What fires. */
  String expression() {
    return measure + " " + condition;
  }

  String summary() {
    return summary;
  }

  /** Where the runbook tells what to do. */
  String runbook() {
    return "docs/runbook.md#" + alertName.toLowerCase(Locale.ROOT);
  }
}
