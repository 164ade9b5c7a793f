package dev.relive.learner;

import dev.relive.agents.ActorCriticReport;
import dev.relive.agents.UpdateReport;
import dev.relive.agents.ValueReport;
import dev.relive.log.PublisherCounters;
import dev.relive.log.Run;
import dev.relive.service.Meter;
import dev.relive.service.Meters;
import io.prometheus.metrics.model.registry.PrometheusRegistry;
import java.util.function.Predicate;
import java.util.function.ToDoubleFunction;
import java.util.function.ToLongFunction;

/**
 * The learner's meters: read from its status whenever Prometheus asks, so they cost nothing else.
 */
final class LearnerMetrics {
  private static final double MILLIS_PER_SECOND = 1e3;
  private static final double NANOS_PER_SECOND = 1e9;

  private final Meters meters;
  private final LearnerService learner;

  private LearnerMetrics(Meters meters, LearnerService learner) {
    this.meters = meters;
    this.learner = learner;
  }

  /** Registers what every learner has, and what only learners by this algorithm have. */
  static void register(
      PrometheusRegistry registry, LearnerService learner, Algorithm algorithm, int batchSize) {
    LearnerMetrics metrics = new LearnerMetrics(new Meters(registry), learner);
    metrics.reading();
    metrics.publishing();
    if (Run.learnsFromAnother(learner.spec())) {
      metrics.filtering();
    }
    metrics.updating(batchSize);
    switch (algorithm) {
      case DOUBLE_DQN -> metrics.replay();
      case ACTOR_CRITIC -> metrics.batch();
    }
  }

  private void reading() {
    counter(Meter.LEARNER_STEPS, LearnerStatus::runSteps);
    counter(Meter.LEARNER_STALE_STEPS, LearnerStatus::staleSteps);
    counter(Meter.LEARNER_SEGMENTS_READ, LearnerStatus::segments);
    counter(Meter.LEARNER_READ_BYTES, status -> learner.readBytes());
    counter(Meter.LEARNER_SEGMENTS_MISSING, LearnerStatus::gaps);
    counter(Meter.LEARNER_SEGMENTS_DUPLICATE, LearnerStatus::duplicates);
    counter(Meter.LEARNER_RECORDS_REJECTED, LearnerStatus::rejected);
    counter(Meter.LEARNER_WAITING_SECONDS, LearnerStatus::waitedSeconds);
    gauge(Meter.LEARNER_LOG_LAG_RECORDS, status -> status.lag() >= 0, LearnerStatus::lag);
  }

  private void filtering() {
    dropped(Meter.LEARNER_DROPPED_STEPS, Dropped::steps);
    dropped(Meter.LEARNER_DROPPED_VERSION_STEPS, Dropped::otherVersionSteps);
    dropped(Meter.LEARNER_LOW_RETURN_EPISODES, Dropped::lowReturnEpisodes);
    dropped(Meter.LEARNER_ABANDONED_EPISODES, Dropped::abandonedEpisodes);
    dropped(Meter.LEARNER_OVERSIZED_EPISODES, Dropped::oversizedEpisodes);
    gauge(Meter.LEARNER_HELD_EPISODES, LearnerStatus::heldEpisodes);
  }

  private void dropped(Meter meter, ToLongFunction<Dropped> value) {
    counter(meter, status -> value.applyAsLong(status.dropped()));
  }

  private void publishing() {
    counter(Meter.LEARNER_CHECKPOINTS, LearnerStatus::checkpoints);
    gauge(Meter.LEARNER_CHECKPOINT_STEPS, LearnerStatus::checkpointSteps);
    gauge(Meter.LEARNER_GENERATION, LearnerStatus::generation);
    gauge(Meter.LEARNER_RESUMED_STEPS, LearnerStatus::resumedAtSteps);
    gauge(Meter.LEARNER_POLICY_VERSION, LearnerStatus::policyVersion);
    gauge(Meter.LEARNER_REQUIRED_VERSION, LearnerStatus::requiredVersion);
    gauge(Meter.LEARNER_SNAPSHOT_VERSION, LearnerStatus::snapshotVersion);
    gauge(
        Meter.LEARNER_SNAPSHOT_TIMESTAMP_SECONDS,
        status -> learner.snapshotAtMillis() / MILLIS_PER_SECOND);
    published(Meter.LEARNER_TRANSACTIONS, PublisherCounters::transactions);
    published(Meter.LEARNER_TRANSACTION_RETRIES, PublisherCounters::retries);
    published(
        Meter.LEARNER_TRANSACTION_SECONDS, counters -> counters.commitNanos() / NANOS_PER_SECOND);
  }

  private void published(Meter meter, ToDoubleFunction<PublisherCounters> value) {
    counter(meter, status -> value.applyAsDouble(learner.published()));
  }

  private void updating(int batchSize) {
    counter(Meter.LEARNER_UPDATES, LearnerStatus::updates);
    gauge(Meter.LEARNER_BATCH_SIZE, status -> batchSize);
    update(Meter.LEARNER_LOSS, UpdateReport.class, UpdateReport::loss);
    update(Meter.LEARNER_GRADIENT_NORM, UpdateReport.class, UpdateReport::gradientNorm);
    gauge(Meter.LEARNER_DIVERGED, status -> learner.hasDiverged() ? 1 : 0);
  }

  private void replay() {
    gauge(Meter.LEARNER_REPLAY_TRANSITIONS, LearnerStatus::transitionsHeld);
    gauge(Meter.LEARNER_REPLAY_CAPACITY, LearnerStatus::holdingCapacity);
    gauge(
        Meter.LEARNER_REPLAY_OLDEST_TIMESTAMP_SECONDS,
        status -> status.transitionsHeld() > 0,
        status -> status.oldestHeldMillis() / MILLIS_PER_SECOND);
    gauge(Meter.LEARNER_EPSILON, LearnerStatus::epsilon);
    update(Meter.LEARNER_Q_VALUE_MEAN, ValueReport.class, ValueReport::meanValue);
    update(Meter.LEARNER_TD_ERROR_MEAN, ValueReport.class, ValueReport::meanAbsoluteTdError);
  }

  private void batch() {
    gauge(Meter.LEARNER_BATCH_TRANSITIONS, LearnerStatus::transitionsHeld);
    actorCritic(Meter.LEARNER_VALUE_MEAN, ActorCriticReport::meanValue);
    actorCritic(Meter.LEARNER_POLICY_LOSS, ActorCriticReport::policyLoss);
    actorCritic(Meter.LEARNER_VALUE_LOSS, ActorCriticReport::valueLoss);
    actorCritic(Meter.LEARNER_ENTROPY, ActorCriticReport::entropy);
    actorCritic(Meter.LEARNER_EXPLAINED_VARIANCE, ActorCriticReport::explainedVariance);
    actorCritic(Meter.LEARNER_RATIO_MEAN, ActorCriticReport::meanRatio);
  }

  private void actorCritic(Meter meter, ToDoubleFunction<ActorCriticReport> value) {
    update(meter, ActorCriticReport.class, value);
  }

  /** A gauge of the last update: absent before the first, and NaN means that it was NaN. */
  private <R extends UpdateReport> void update(
      Meter meter, Class<R> kind, ToDoubleFunction<R> value) {
    gauge(
        meter,
        status -> kind.isInstance(status.lastUpdate()),
        status -> value.applyAsDouble(kind.cast(status.lastUpdate())));
  }

  private void counter(Meter meter, ToDoubleFunction<LearnerStatus> value) {
    meters.counter(
        meter, counter -> counter.call(value.applyAsDouble(learner.status()), learner.run()));
  }

  private void gauge(Meter meter, ToDoubleFunction<LearnerStatus> value) {
    gauge(meter, status -> true, value);
  }

  private void gauge(
      Meter meter, Predicate<LearnerStatus> isKnown, ToDoubleFunction<LearnerStatus> value) {
    meters.gauge(
        meter,
        gauge -> {
          LearnerStatus status = learner.status();
          if (isKnown.test(status)) {
            gauge.call(value.applyAsDouble(status), learner.run());
          }
        });
  }
}
