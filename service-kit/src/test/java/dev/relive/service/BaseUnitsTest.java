package dev.relive.service;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.micrometer.core.instrument.FunctionCounter;
import io.micrometer.core.instrument.Gauge;
import io.prometheus.metrics.model.registry.PrometheusRegistry;
import io.prometheus.metrics.model.snapshots.CounterSnapshot.CounterDataPointSnapshot;
import io.prometheus.metrics.model.snapshots.DataPointSnapshot;
import io.prometheus.metrics.model.snapshots.GaugeSnapshot.GaugeDataPointSnapshot;
import io.prometheus.metrics.model.snapshots.MetricSnapshot;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class BaseUnitsTest {

  private final PrometheusRegistry registry = new PrometheusRegistry();
  private final BaseUnits meters = new BaseUnits(registry);

  @AfterEach
  void close() {
    meters.close();
  }

  @Test
  void nanosecondsThatAreCountedBecomeSeconds() {
    FunctionCounter.builder("kafka.producer.flush.time.ns.total", 2_500_000_000L, Long::doubleValue)
        .description("Total time flush has taken in nanoseconds.")
        .register(meters);
    FunctionCounter.builder("process.cpu.time", 7e9, Double::doubleValue)
        .description("CPU time.")
        .register(meters);
    assertEquals(2.5, value("kafka_producer_flush_time_seconds"));
    assertEquals(7, value("process_cpu_seconds"));
  }

  @Test
  void millisecondsOfClientsBecomeSeconds() {
    Gauge.builder("kafka.consumer.fetch.manager.fetch.latency.avg", () -> 250.0).register(meters);
    Gauge.builder("kafka.consumer.last.poll.seconds.ago", () -> 3.0).register(meters);
    assertEquals(0.25, value("kafka_consumer_fetch_manager_fetch_latency_avg_seconds"));
    assertEquals(3, value("kafka_consumer_last_poll_seconds_ago"));
  }

  @Test
  void secondsOfOthersStay() {
    Gauge.builder("process.uptime", () -> 12.0).baseUnit("seconds").register(meters);
    assertEquals(12, value("process_uptime_seconds"));
  }

  @Test
  void whatACounterTellsIsLeftOut() {
    Gauge.builder("kafka.producer.record.send.rate", () -> 1.0).register(meters);
    Gauge.builder("kafka.consumer.coordinator.rebalance.rate.per.hour", () -> 1.0).register(meters);
    Gauge.builder("kafka.consumer.io.time.ns.avg", () -> 1.0).register(meters);
    assertEquals(0, registry.scrape().size());
  }

  @Test
  void streamsAreToldOfByThreadAndNotByPartitionOrStart() {
    Gauge.builder("kafka.stream.thread.commit.latency.avg", () -> 250.0).register(meters);
    Gauge.builder("kafka.stream.state.updater.idle.ratio", () -> 1.0).register(meters);
    Gauge.builder("kafka.stream.client.state", () -> 2.0)
        .tag("process.id", "another with every start")
        .register(meters);
    Gauge.builder("kafka.stream.state.put.latency.avg", () -> 1.0).register(meters);
    Gauge.builder("kafka.stream.task.active.buffer.count", () -> 1.0).register(meters);
    Gauge.builder("kafka.stream.thread.thread.start.time", () -> 1.0).register(meters);
    assertEquals(0.25, value("kafka_stream_thread_commit_latency_avg_seconds"));
    assertEquals(1, value("kafka_stream_state_updater_idle_ratio"));
    assertEquals(
        0, snapshot("kafka_stream_client_state").getDataPoints().get(0).getLabels().size());
    assertEquals(3, registry.scrape().size());
  }

  @Test
  void reservedEndingsAreAvoidedAndNothingIsUndescribed() {
    Gauge connections =
        Gauge.builder("kafka.producer.connection.count", () -> 4.0).register(meters);
    MetricSnapshot shown = snapshot("kafka_producer_connections");
    assertTrue(String.valueOf(shown.getMetadata().getHelp()).startsWith("Of the Kafka client"));
    meters.remove(connections);
    assertEquals(0, registry.scrape().size());
  }

  private double value(String name) {
    DataPointSnapshot point = snapshot(name).getDataPoints().get(0);
    return point instanceof CounterDataPointSnapshot counter
        ? counter.getValue()
        : ((GaugeDataPointSnapshot) point).getValue();
  }

  private MetricSnapshot snapshot(String name) {
    return registry.scrape().stream()
        .filter(snapshot -> snapshot.getMetadata().getName().equals(name))
        .findAny()
        .orElseThrow(() -> new AssertionError("no " + name));
  }
}
