package dev.relive.evaluator.episodes;

import dev.relive.log.RejectionReason;
import dev.relive.service.Meter;
import dev.relive.service.Meters;
import io.prometheus.metrics.core.metrics.Summary;
import io.prometheus.metrics.model.registry.PrometheusRegistry;
import java.util.OptionalLong;
import java.util.function.Supplier;
import java.util.function.ToDoubleFunction;

/**
 * The meters of an episode topology. All but the returns are read from its counters whenever
 * Prometheus asks.
 */
final class EpisodeMetrics {
  private static final double[] QUANTILES = {0.1, 0.5, 0.9};

  private final Meters meters;
  private final EpisodeCounters counters;

  private EpisodeMetrics(Meters meters, EpisodeCounters counters) {
    this.meters = meters;
    this.counters = counters;
  }

  /**
   * Registers the meters.
   *
   * @param lag records of the stream that this process is to read and has not; empty while unknown
   * @return the counters that they show
   */
  static EpisodeCounters register(PrometheusRegistry registry, Supplier<OptionalLong> lag) {
    Meters meters = new Meters(registry);
    Summary returns = meters.summary(Meter.EPISODES_RETURN, QUANTILES);
    EpisodeCounters counters =
        new EpisodeCounters(
            new EpisodeCounters.Returns() {
              @Override
              public void add(String run, double episodeReturn) {
                returns.labelValues(run).observe(episodeReturn);
              }

              @Override
              public void forget(String run) {
                returns.remove(run);
              }
            });
    new EpisodeMetrics(meters, counters).register(lag);
    return counters;
  }

  private void register(Supplier<OptionalLong> lag) {
    meters.counter(
        Meter.EPISODES_ENDED,
        counter ->
            counters
                .runs()
                .forEach(
                    (run, episodes) -> {
                      for (EpisodeEnd end : EpisodeEnd.values()) {
                        counter.call((double) episodes.count(end), run, end.label());
                      }
                    }));
    meters.gauge(
        Meter.EPISODES_OPEN,
        gauge ->
            counters
                .runs()
                .forEach(
                    (run, episodes) -> gauge.call((double) Math.max(0, episodes.open()), run)));
    counter(Meter.EPISODES_SEGMENTS_READ, RunEpisodes::segments);
    counter(Meter.EPISODES_SEGMENTS_MISSING, RunEpisodes::missing);
    counter(Meter.EPISODES_SEGMENTS_DUPLICATE, RunEpisodes::duplicates);
    meters.counter(
        Meter.EPISODES_RECORDS_REJECTED,
        counter -> {
          for (RejectionReason reason : RejectionReason.values()) {
            counter.call((double) counters.rejections(reason), reason.label());
          }
        });
    meters.gauge(
        Meter.EPISODES_LOG_LAG_RECORDS,
        gauge -> lag.get().ifPresent(records -> gauge.call((double) records)));
  }

  private void counter(Meter meter, ToDoubleFunction<RunEpisodes> value) {
    meters.counter(
        meter,
        counter ->
            counters
                .runs()
                .forEach((run, episodes) -> counter.call(value.applyAsDouble(episodes), run)));
  }
}
