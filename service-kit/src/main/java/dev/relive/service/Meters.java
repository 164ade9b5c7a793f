package dev.relive.service;

import io.prometheus.metrics.core.metrics.CounterWithCallback;
import io.prometheus.metrics.core.metrics.GaugeWithCallback;
import io.prometheus.metrics.core.metrics.Histogram;
import io.prometheus.metrics.core.metrics.Info;
import io.prometheus.metrics.core.metrics.Summary;
import io.prometheus.metrics.model.registry.PrometheusRegistry;
import java.util.function.Consumer;

/**
 * Registers meters as the catalogue describes them.
 *
 * @param registry where
 */
public record Meters(PrometheusRegistry registry) {
  private static final double QUANTILE_ERROR = 0.02;

  /**
   * A counter that is read whenever Prometheus asks.
   *
   * @param values is told where to say the values, each with its labels' values
   */
  public void counter(Meter meter, Consumer<CounterWithCallback.Callback> values) {
    require(meter, Meter.Type.COUNTER);
    CounterWithCallback.builder()
        .name(meter.baseName())
        .help(meter.help())
        .labelNames(meter.labelNames())
        .callback(values)
        .register(registry);
  }

  /**
   * A gauge that is read whenever Prometheus asks.
   *
   * @param values is told where to say the values, each with its labels' values; while there is
   *     none it says nothing, and the gauge is absent
   */
  public void gauge(Meter meter, Consumer<GaugeWithCallback.Callback> values) {
    require(meter, Meter.Type.GAUGE);
    GaugeWithCallback.builder()
        .name(meter.baseName())
        .help(meter.help())
        .labelNames(meter.labelNames())
        .callback(values)
        .register(registry);
  }

  /** A histogram with these buckets, and one more for all that is larger. */
  public Histogram histogram(Meter meter, double... upperBounds) {
    require(meter, Meter.Type.HISTOGRAM);
    return Histogram.builder()
        .name(meter.baseName())
        .help(meter.help())
        .labelNames(meter.labelNames())
        .classicOnly()
        .classicUpperBounds(upperBounds)
        .register(registry);
  }

  /** A summary with these quantiles of the last five minutes. */
  public Summary summary(Meter meter, double... quantiles) {
    require(meter, Meter.Type.SUMMARY);
    Summary.Builder summary =
        Summary.builder().name(meter.baseName()).help(meter.help()).labelNames(meter.labelNames());
    for (double quantile : quantiles) {
      summary.quantile(quantile, QUANTILE_ERROR);
    }
    return summary.register(registry);
  }

  /** Facts as labels. */
  public void info(Meter meter, String... labelValues) {
    require(meter, Meter.Type.INFO);
    Info.builder()
        .name(meter.baseName())
        .help(meter.help())
        .labelNames(meter.labelNames())
        .register(registry)
        .addLabelValues(labelValues);
  }

  private static void require(Meter meter, Meter.Type type) {
    if (meter.type() != type) {
      throw new IllegalArgumentException(
          "The catalogue has %s as a %s, not as a %s.".formatted(meter, meter.type(), type));
    }
  }
}
