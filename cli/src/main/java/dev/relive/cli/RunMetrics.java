package dev.relive.cli;

import dev.relive.log.wire.RunSpec;
import dev.relive.service.Meter;
import dev.relive.service.Meters;
import io.prometheus.metrics.model.registry.PrometheusRegistry;

/** What a process tells of the run that it works for, by which dashboards find its other meters. */
final class RunMetrics {

  private RunMetrics() {}

  static void register(PrometheusRegistry registry, RunSpec spec) {
    new Meters(registry)
        .info(
            Meter.RUN_INFO,
            spec.getRun(),
            spec.getLabel(),
            spec.getEnvironment().getId(),
            spec.getAlgorithm());
  }
}
