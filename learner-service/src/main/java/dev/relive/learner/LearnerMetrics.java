package dev.relive.learner;

import dev.relive.agents.UpdateReport;
import dev.relive.agents.ValueReport;
import io.prometheus.metrics.core.metrics.CounterWithCallback;
import io.prometheus.metrics.core.metrics.GaugeWithCallback;
import io.prometheus.metrics.model.registry.PrometheusRegistry;
import java.time.Clock;
import java.util.function.ToDoubleFunction;

/**
 * The learner's meters: read from its status whenever Prometheus asks, so they cost nothing else.
 */
final class LearnerMetrics {
  private final PrometheusRegistry registry;
  private final LearnerService learner;

  private LearnerMetrics(PrometheusRegistry registry, LearnerService learner) {
    this.registry = registry;
    this.learner = learner;
  }

  static void register(PrometheusRegistry registry, LearnerService learner, Clock clock) {
    LearnerMetrics metrics = new LearnerMetrics(registry, learner);
    metrics.counter("steps", "Transitions ingested.", LearnerStatus::runSteps);
    metrics.counter("segments_read", "Segments ingested.", LearnerStatus::segments);
    metrics.counter("segments_missing", "Gaps found in the log.", LearnerStatus::gaps);
    metrics.counter("segments_duplicate", "Segments dropped.", LearnerStatus::duplicates);
    metrics.counter("records_rejected", "Records of no use.", LearnerStatus::rejected);
    metrics.counter("updates", "Updates made.", LearnerStatus::updates);
    metrics.gauge("replay_transitions", "To sample from.", LearnerStatus::transitionsHeld);
    metrics.gauge("replay_capacity", "Observations kept.", LearnerStatus::holdingCapacity);
    metrics.gauge(
        "replay_age_seconds",
        "Since the log took in the oldest transition of the replay.",
        status ->
            status.oldestHeldMillis() == 0
                ? 0
                : (clock.millis() - status.oldestHeldMillis()) / 1e3);
    metrics.gauge("loss", "Mean Huber loss of the last update.", LearnerStatus::loss);
    metrics.gauge("q_value_mean", "Mean Q of the last update.", report(UpdateReport::meanValue));
    metrics.gauge(
        "td_error_mean",
        "Mean |TD error| of the last update.",
        report(r -> r instanceof ValueReport v ? v.meanAbsoluteTdError() : Double.NaN));
    metrics.gauge("gradient_norm", "Before clipping.", report(UpdateReport::gradientNorm));
    metrics.gauge("epsilon", "Exploration asked of producers.", LearnerStatus::epsilon);
    metrics.gauge("policy_version", "Newest version published.", LearnerStatus::policyVersion);
    metrics.gauge(
        "snapshot_version", "Newest version kept; 0: none.", LearnerStatus::snapshotVersion);
    metrics.gauge("log_lag_records", "Records not fetched yet.", LearnerStatus::lag);
  }

  private static ToDoubleFunction<LearnerStatus> report(ToDoubleFunction<UpdateReport> value) {
    return status ->
        status.lastUpdate() == null ? Double.NaN : value.applyAsDouble(status.lastUpdate());
  }

  private void counter(String name, String help, ToDoubleFunction<LearnerStatus> value) {
    CounterWithCallback.builder()
        .name("relive_learner_" + name)
        .help(help)
        .labelNames("run")
        .callback(callback -> callback.call(value.applyAsDouble(learner.status()), learner.run()))
        .register(registry);
  }

  private void gauge(String name, String help, ToDoubleFunction<LearnerStatus> value) {
    GaugeWithCallback.builder()
        .name("relive_learner_" + name)
        .help(help)
        .labelNames("run")
        .callback(callback -> callback.call(value.applyAsDouble(learner.status()), learner.run()))
        .register(registry);
  }
}
