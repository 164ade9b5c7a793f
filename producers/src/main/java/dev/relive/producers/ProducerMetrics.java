package dev.relive.producers;

import dev.relive.service.Meter;
import dev.relive.service.Meters;
import io.prometheus.metrics.core.datapoints.DistributionDataPoint;
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
  private static final double[] QUANTILES = {0.1, 0.5, 0.9};
  private static final double[] POLICY_DELAY_SECONDS = {
    0.001, 0.002, 0.005, 0.01, 0.02, 0.05, 0.1, 0.2, 0.5, 1, 2, 5
  };

  private final Meters meters;
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
    this.meters = new Meters(registry);
    this.status = status;
    returns = meters.summary(Meter.PRODUCER_EPISODE_RETURN, QUANTILES);
    lengths = meters.summary(Meter.PRODUCER_EPISODE_LENGTH_STEPS, QUANTILES);
    policyDelays = meters.histogram(Meter.PRODUCER_POLICY_DELAY_SECONDS, POLICY_DELAY_SECONDS);
    stepping();
    writing();
    flow();
    acting();
  }

  private void stepping() {
    counter(Meter.PRODUCER_STEPS, ProducerStatus::steps);
    counter(Meter.PRODUCER_EPISODES, ProducerStatus::episodes);
    counter(Meter.PRODUCER_EPISODES_ABANDONED, ProducerStatus::abandonedEpisodes);
    gauge(Meter.PRODUCER_LANES, ProducerStatus::lanes);
  }

  private void writing() {
    counter(Meter.PRODUCER_SEGMENTS_SENT, ProducerStatus::segmentsSent);
    counter(Meter.PRODUCER_SEGMENTS_ACKNOWLEDGED, ProducerStatus::segmentsAcknowledged);
    gauge(Meter.PRODUCER_SEGMENTS_IN_FLIGHT, ProducerStatus::segmentsInFlight);
    counter(Meter.PRODUCER_SENT_BYTES, ProducerStatus::bytesSent);
    counter(Meter.PRODUCER_ACKNOWLEDGED_BYTES, ProducerStatus::bytesAcknowledged);
  }

  private void flow() {
    gauge(Meter.PRODUCER_LEAD_STEPS, ProducerStatus::lead);
    gauge(Meter.PRODUCER_CREDIT_STEPS, ProducerStatus::credit);
    meters.counter(
        Meter.PRODUCER_WAITING_SECONDS,
        counter ->
            status
                .get()
                .ifPresent(
                    s ->
                        s.waitedSeconds()
                            .forEach(
                                (reason, seconds) ->
                                    counter.call(seconds, s.run(), s.actor(), reason.label()))));
  }

  private void acting() {
    gauge(Meter.PRODUCER_POLICY_VERSION, ProducerStatus::policyVersion);
    counter(Meter.PRODUCER_POLICIES_REFUSED, ProducerStatus::policiesRefused);
    meters.gauge(
        Meter.PRODUCER_EPSILON,
        gauge ->
            status
                .get()
                .filter(s -> s.policyVersion() > 0)
                .ifPresent(s -> gauge.call(s.epsilon(), s.run(), s.actor())));
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

  private void counter(Meter meter, ToDoubleFunction<ProducerStatus> value) {
    meters.counter(
        meter,
        counter ->
            status.get().ifPresent(s -> counter.call(value.applyAsDouble(s), s.run(), s.actor())));
  }

  private void gauge(Meter meter, ToDoubleFunction<ProducerStatus> value) {
    meters.gauge(
        meter,
        gauge ->
            status.get().ifPresent(s -> gauge.call(value.applyAsDouble(s), s.run(), s.actor())));
  }
}
