package dev.relive.cli;

import dev.relive.broker.EmbeddedBroker;
import io.prometheus.metrics.core.metrics.GaugeWithCallback;
import io.prometheus.metrics.model.registry.PrometheusRegistry;

/** What an embedded Kafka tells of its disk. */
final class BrokerMetrics {

  private BrokerMetrics() {}

  static void register(PrometheusRegistry registry, EmbeddedBroker broker) {
    GaugeWithCallback.builder()
        .name("relive_broker_free_disk_bytes")
        .help("Free space on the disk of the data directory.")
        .callback(gauge -> gauge.call((double) broker.freeDiskBytes()))
        .register(registry);
    GaugeWithCallback.builder()
        .name("relive_broker_takes_experience")
        .help("1, or 0 while less of the disk is free than the floor.")
        .callback(gauge -> gauge.call(broker.takesExperience() ? 1 : 0))
        .register(registry);
  }
}
