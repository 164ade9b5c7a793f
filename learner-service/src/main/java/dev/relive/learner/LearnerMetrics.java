package dev.relive.learner;

import dev.relive.agents.ActorCriticReport;
import dev.relive.agents.UpdateReport;
import dev.relive.agents.ValueReport;
import dev.relive.log.Run;
import io.prometheus.metrics.core.metrics.CounterWithCallback;
import io.prometheus.metrics.core.metrics.GaugeWithCallback;
import io.prometheus.metrics.model.registry.PrometheusRegistry;
import java.time.Clock;
import java.util.function.ToDoubleFunction;
import java.util.function.ToLongFunction;

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

  /** Registers what every learner has, and what only learners by this algorithm have. */
  static void register(
      PrometheusRegistry registry, LearnerService learner, Algorithm algorithm, Clock clock) {
    LearnerMetrics metrics = new LearnerMetrics(registry, learner);
    metrics.reading();
    metrics.publishing();
    if (Run.learnsFromAnother(learner.spec())) {
      metrics.filtering();
    }
    metrics.gauge("loss", "Of the last update.", LearnerStatus::loss);
    metrics.gauge("gradient_norm", "Before clipping.", report(UpdateReport::gradientNorm));
    switch (algorithm) {
      case DOUBLE_DQN -> metrics.replay(clock);
      case ACTOR_CRITIC -> metrics.batch();
    }
  }

  private void reading() {
    counter("steps", "Transitions ingested.", LearnerStatus::runSteps);
    counter("stale_steps", "Too old to learn from.", LearnerStatus::staleSteps);
    counter("segments_read", "Segments read.", LearnerStatus::segments);
    counter("segments_missing", "Gaps found in the log.", LearnerStatus::gaps);
    counter("segments_duplicate", "Segments dropped.", LearnerStatus::duplicates);
    counter("records_rejected", "Records of no use.", LearnerStatus::rejected);
    counter("updates", "Updates made.", LearnerStatus::updates);
    counter("waiting_seconds", "Training waited for segments.", LearnerStatus::waitedSeconds);
    gauge("log_lag_records", "Records not fetched yet.", LearnerStatus::lag);
  }

  private void filtering() {
    dropped("dropped_steps", "Kept out by the filters.", Dropped::steps);
    dropped("dropped_version_steps", "By other policy versions.", Dropped::otherVersionSteps);
    dropped("low_return_episodes", "Return too low.", Dropped::lowReturnEpisodes);
    dropped("abandoned_episodes", "Never ended.", Dropped::abandonedEpisodes);
    dropped("oversized_episodes", "Too long to be held.", Dropped::oversizedEpisodes);
    gauge("held_episodes", "Waiting for their end.", LearnerStatus::heldEpisodes);
  }

  private void dropped(String name, String help, ToLongFunction<Dropped> value) {
    counter(name, help, status -> value.applyAsLong(status.dropped()));
  }

  private void publishing() {
    counter("checkpoints", "Made by this learner.", LearnerStatus::checkpoints);
    gauge("checkpoint_steps", "At the newest checkpoint.", LearnerStatus::checkpointSteps);
    gauge("generation", "Learners that the run has had.", LearnerStatus::generation);
    gauge("resumed_steps", "Of the run when taken up.", LearnerStatus::resumedAtSteps);
    gauge("policy_version", "Newest version published.", LearnerStatus::policyVersion);
    gauge("required_version", "Oldest to step with; 0: any.", LearnerStatus::requiredVersion);
    gauge("snapshot_version", "Newest version kept; 0: none.", LearnerStatus::snapshotVersion);
  }

  private void replay(Clock clock) {
    gauge("replay_transitions", "To sample from.", LearnerStatus::transitionsHeld);
    gauge("replay_capacity", "Observations kept.", LearnerStatus::holdingCapacity);
    gauge(
        "replay_age_seconds",
        "Since the log took in the oldest transition of the replay.",
        status ->
            status.oldestHeldMillis() == 0
                ? 0
                : (clock.millis() - status.oldestHeldMillis()) / 1e3);
    gauge("epsilon", "Exploration asked of producers.", LearnerStatus::epsilon);
    gauge("q_value_mean", "Mean Q of the last update.", report(UpdateReport::meanValue));
    gauge(
        "td_error_mean",
        "Mean |TD error| of the last update.",
        report(ValueReport.class, ValueReport::meanAbsoluteTdError));
  }

  private void batch() {
    gauge("batch_transitions", "Waiting for an update.", LearnerStatus::transitionsHeld);
    gauge("batch_size", "Transitions of an update.", LearnerStatus::holdingCapacity);
    gauge("value_mean", "Mean value in the last update.", report(UpdateReport::meanValue));
    actorCritic("policy_loss", "Of the last update.", ActorCriticReport::policyLoss);
    actorCritic("value_loss", "Of the last update.", ActorCriticReport::valueLoss);
    actorCritic("entropy", "Of the policy, in nats.", ActorCriticReport::entropy);
    actorCritic(
        "explained_variance", "1: the critic knew it all.", ActorCriticReport::explainedVariance);
    actorCritic("ratio_mean", "1: on-policy.", ActorCriticReport::meanRatio);
  }

  private void actorCritic(String name, String help, ToDoubleFunction<ActorCriticReport> value) {
    gauge(name, help, report(ActorCriticReport.class, value));
  }

  private static ToDoubleFunction<LearnerStatus> report(ToDoubleFunction<UpdateReport> value) {
    return report(UpdateReport.class, value);
  }

  private static <R extends UpdateReport> ToDoubleFunction<LearnerStatus> report(
      Class<R> kind, ToDoubleFunction<R> value) {
    return status ->
        kind.isInstance(status.lastUpdate())
            ? value.applyAsDouble(kind.cast(status.lastUpdate()))
            : Double.NaN;
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
