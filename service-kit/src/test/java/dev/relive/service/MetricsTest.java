package dev.relive.service;

import static java.util.stream.Collectors.toSet;
import static org.junit.jupiter.api.Assertions.assertEquals;

import io.prometheus.metrics.model.snapshots.CounterSnapshot;
import io.prometheus.metrics.model.snapshots.GaugeSnapshot;
import io.prometheus.metrics.model.snapshots.MetricSnapshot;
import java.util.Map;
import java.util.Set;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class MetricsTest {

  private final Metrics metrics = new Metrics();

  @AfterEach
  void close() {
    metrics.close();
  }

  @Test
  void showsEachOfSeveralKafkaClientsUntilItsBindingIsClosed() {
    try (KafkaProducer<byte[], byte[]> one = producer("one");
        KafkaProducer<byte[], byte[]> two = producer("two");
        KafkaConsumer<byte[], byte[]> three = consumer("three")) {
      Metrics.Binding bindingOfOne = metrics.bind(one);
      Metrics.Binding bindingOfTwo = metrics.bind(two);
      Metrics.Binding bindingOfThree = metrics.bind(three);
      assertEquals(Set.of("one", "two"), clients("kafka_producer_record_send"));
      assertEquals(Set.of("three"), clients("kafka_consumer_fetch_manager_bytes_consumed"));
      assertEquals(CounterSnapshot.class, find("kafka_producer_record_send").getClass());
      assertEquals(GaugeSnapshot.class, find("kafka_producer_buffer_available_bytes").getClass());

      bindingOfOne.close();
      assertEquals(Set.of("two"), clients("kafka_producer_record_send"));
      bindingOfTwo.close();
      bindingOfThree.close();
      assertEquals(Set.of(), kafkaMetrics());
    }
  }

  @Test
  void twoProcessesWorthOfMetricsAreApart() {
    try (Metrics other = new Metrics();
        KafkaProducer<byte[], byte[]> producer = producer("one")) {
      Metrics.Binding binding = other.bind(producer);
      assertEquals(Set.of(), kafkaMetrics());
      binding.close();
    }
  }

  private Set<String> kafkaMetrics() {
    return metrics.registry().scrape().stream()
        .map(snapshot -> snapshot.getMetadata().getName())
        .filter(name -> name.startsWith("kafka"))
        .collect(toSet());
  }

  private Set<String> clients(String name) {
    return find(name).getDataPoints().stream()
        .map(point -> point.getLabels().get("client_id"))
        .collect(toSet());
  }

  private MetricSnapshot find(String name) {
    return metrics.registry().scrape().stream()
        .filter(snapshot -> snapshot.getMetadata().getName().equals(name))
        .findAny()
        .orElseThrow(() -> new AssertionError("no " + name));
  }

  /** No broker is needed: a client has its metrics from the beginning. */
  private static KafkaProducer<byte[], byte[]> producer(String clientId) {
    return new KafkaProducer<>(
        Map.of("bootstrap.servers", "127.0.0.1:1", "client.id", clientId),
        new ByteArraySerializer(),
        new ByteArraySerializer());
  }

  private static KafkaConsumer<byte[], byte[]> consumer(String clientId) {
    return new KafkaConsumer<>(
        Map.of("bootstrap.servers", "127.0.0.1:1", "client.id", clientId),
        new ByteArrayDeserializer(),
        new ByteArrayDeserializer());
  }
}
