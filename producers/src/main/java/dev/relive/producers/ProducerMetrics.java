package dev.relive.producers;

import io.prometheus.metrics.core.datapoints.DistributionDataPoint;
import io.prometheus.metrics.core.metrics.CounterWithCallback;
import io.prometheus.metrics.core.metrics.GaugeWithCallback;
import io.prometheus.metrics.core.metrics.Histogram;
import io.prometheus.metrics.core.metrics.Summary;
import io.prometheus.metrics.model.registry.PrometheusRegistry;
import java.util.Optional;
import java.util.function.DoubleConsumer;
import java.util.function.ObjLongConsumer;
import java.util.function.Supplier;
import java.util.function.ToDoubleFunction;

/**
 * A producer's meters. All but the summaries of episodes are read from its status whenever
 * Prometheus asks, so they cost nothing else.
 */
final class ProducerMetrics {
  private static final String[] LABELS = {"run", "actor"};
  private static final double[] POLICY_DELAY_SECONDS = {
    0.001, 0.002, 0.005, 0.01, 0.02, 0.05, 0.1, 0.2, 0.5, 1, 2, 5
  };

  private final PrometheusRegistry registry;
  private final Supplier<Optional<ProducerStatus>> status;
  private final Summary returns;
  private final Summary lengths;
  private final Histogram policyDelays;

  /**
   * Registers the meters.
   *
   * @param status empty while the producer has no run; nothing is shown then
   */
  ProducerMetrics(PrometheusRegistry registry, Supplier<Optional<ProducerStatus>> status) {
    this.registry = registry;
    this.status = status;
    returns = summary("episode_return", "Undiscounted sum of an episode's rewards.");
    lengths = summary("episode_length_steps", "Transitions of an episode.");
    counter("steps", "Transitions made.", ProducerStatus::steps);
    counter("episodes", "Episodes finished.", ProducerStatus::episodes);
    counter(
        "episodes_abandoned",
        "Episodes that broke off because the environment failed.",
        ProducerStatus::abandonedEpisodes);
    counter("segments_sent", "Segments handed to Kafka.", ProducerStatus::segmentsSent);
    counter("segments_acknowledged", "Segments in the log.", ProducerStatus::segmentsAcknowledged);
    counter("sent_bytes", "Records handed to Kafka, uncompressed.", ProducerStatus::bytesSent);
    counter(
        "acknowledged_bytes",
        "Records in the log, uncompressed.",
        ProducerStatus::bytesAcknowledged);
    counter("policies_refused", "Policies of no use.", ProducerStatus::policiesRefused);
    gauge("segments_in_flight", "Not acknowledged yet.", ProducerStatus::segmentsInFlight);
    gauge("lead_steps", "Transitions not ingested yet.", ProducerStatus::lead);
    gauge("credit_steps", "Transitions that may be made now.", ProducerStatus::credit);
    gauge("policy_version", "The version acting; 0: none.", ProducerStatus::policyVersion);
    gauge("epsilon", "Probability of a random action.", ProducerStatus::epsilon);
    gauge("lanes", "Environments stepped together.", ProducerStatus::lanes);
    waiting();
    policyDelays =
        Histogram.builder()
            .name("relive_producer_policy_delay_seconds")
            .help("From a policy's publication to the first step that it chose.")
            .labelNames(LABELS)
            .classicOnly()
            .classicUpperBounds(POLICY_DELAY_SECONDS)
            .register(registry);
  }

  /** Where a producer's finished episodes are told: the return and the length. */
  ObjLongConsumer<Double> episodes(ActorEpoch actor) {
    DistributionDataPoint actorReturns = returns.labelValues(actor.run(), actor.actor());
    DistributionDataPoint actorLengths = lengths.labelValues(actor.run(), actor.actor());
    return (episodeReturn, length) -> {
      actorReturns.observe(episodeReturn);
      actorLengths.observe((double) length);
    };
  }

  /** Where the delays of a producer's policies are told, in seconds. */
  DoubleConsumer policyDelays(ActorEpoch actor) {
    return policyDelays.labelValues(actor.run(), actor.actor())::observe;
  }

  private void waiting() {
    CounterWithCallback.builder()
        .name("relive_producer_waiting_seconds")
        .help("Waiting for the first policy, for the required version, for credit.")
        .labelNames("run", "actor", "reason")
        .callback(
            callback ->
                status
                    .get()
                    .ifPresent(
                        s ->
                            s.waitedSeconds()
                                .forEach(
                                    (reason, seconds) ->
                                        callback.call(
                                            seconds, s.run(), s.actor(), reason.label()))))
        .register(registry);
  }

  private Summary summary(String name, String help) {
    return Summary.builder()
        .name("relive_producer_" + name)
        .help(help)
        .labelNames(LABELS)
        .quantile(0.1, 0.02)
        .quantile(0.5, 0.02)
        .quantile(0.9, 0.02)
        .register(registry);
  }

  private void counter(String name, String help, ToDoubleFunction<ProducerStatus> value) {
    CounterWithCallback.builder()
        .name("relive_producer_" + name)
        .help(help)
        .labelNames(LABELS)
        .callback(
            callback ->
                status
                    .get()
                    .ifPresent(s -> callback.call(value.applyAsDouble(s), s.run(), s.actor())))
        .register(registry);
  }

  private void gauge(String name, String help, ToDoubleFunction<ProducerStatus> value) {
    GaugeWithCallback.builder()
        .name("relive_producer_" + name)
        .help(help)
        .labelNames(LABELS)
        .callback(
            callback ->
                status
                    .get()
                    .ifPresent(s -> callback.call(value.applyAsDouble(s), s.run(), s.actor())))
        .register(registry);
  }
}
