package dev.relive.cli;

import dev.relive.broker.EmbeddedBroker;
import dev.relive.service.Meter;
import dev.relive.service.Meters;
import io.prometheus.metrics.model.registry.PrometheusRegistry;

/** What an embedded Kafka tells of its disk. */
final class BrokerMetrics {

  private BrokerMetrics() {}

  static void register(PrometheusRegistry registry, EmbeddedBroker broker) {
    Meters meters = new Meters(registry);
    meters.gauge(
        Meter.BROKER_FREE_DISK_BYTES, gauge -> gauge.call((double) broker.freeDiskBytes()));
    meters.gauge(
        Meter.BROKER_FREE_DISK_FLOOR_BYTES, gauge -> gauge.call((double) broker.freeDiskFloor()));
    meters.gauge(
        Meter.BROKER_TAKES_EXPERIENCE, gauge -> gauge.call(broker.takesExperience() ? 1 : 0));
    meters.gauge(
        Meter.BROKER_LOG_BYTES,
        gauge ->
            broker
                .partitionSizes()
                .forEach(
                    (partition, bytes) ->
                        gauge.call(
                            bytes, partition.topic(), String.valueOf(partition.partition()))));
  }
}
