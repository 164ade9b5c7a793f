package dev.relive.broker;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.relive.service.Health;
import dev.relive.service.HttpEndpoint;
import dev.relive.service.Metrics;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Path;
import java.time.Duration;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.regex.Pattern;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.clients.producer.Producer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.serialization.IntegerDeserializer;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What {@code /metrics} shows of Kafka clients that have met their topics and nodes. */
class ClientMetricsTest {

  private static final Pattern SAMPLE =
      Pattern.compile("([a-zA-Z_:][a-zA-Z0-9_:]*(?:\\{.*})?) (NaN|[+-]?Inf|[-+0-9.Ee]+)");

  @Test
  void everyClientIsThereOnceAndEverySampleIsValid(@TempDir Path directory) throws Exception {
    try (Metrics metrics = new Metrics();
        HttpEndpoint endpoint = HttpEndpoint.open("127.0.0.1", 0, metrics, new Health());
        EmbeddedBroker broker = EmbeddedBroker.start(BrokerConfig.in(directory))) {
      Clients.createTopic(broker.bootstrapServers());
      try (Producer<Integer, Integer> first = Clients.producer(broker.bootstrapServers());
          Producer<Integer, Integer> second = Clients.producer(broker.bootstrapServers());
          KafkaConsumer<Integer, Integer> consumer = consumer(broker.bootstrapServers())) {
        Metrics.Binding early = metrics.bind(first);
        first.send(new ProducerRecord<>(Clients.TOPIC, 1, 1)).get();
        second.send(new ProducerRecord<>(Clients.TOPIC, 2, 2)).get();
        while (consumer.poll(Duration.ofSeconds(1)).isEmpty()) {}
        List<Metrics.Binding> late = List.of(metrics.bind(second), metrics.bind(consumer));

        Set<String> samples = samples(endpoint);
        assertEquals(2, count(samples, "kafka_producer_record_send_total{"));
        assertEquals(1, count(samples, "kafka_producer_topic_record_send_total{"));
        assertEquals(1, count(samples, "kafka_consumer_fetch_manager_records_lag{"));

        early.close();
        late.forEach(Metrics.Binding::close);
        assertEquals(0, count(samples(endpoint), "kafka_"));
      }
    }
  }

  private static KafkaConsumer<Integer, Integer> consumer(String bootstrapServers) {
    KafkaConsumer<Integer, Integer> consumer =
        new KafkaConsumer<>(
            Map.of("bootstrap.servers", bootstrapServers),
            new IntegerDeserializer(),
            new IntegerDeserializer());
    consumer.assign(List.of(new TopicPartition(Clients.TOPIC, 0)));
    consumer.seekToBeginning(consumer.assignment());
    return consumer;
  }

  private static long count(Set<String> samples, String prefix) {
    return samples.stream().filter(sample -> sample.startsWith(prefix)).count();
  }

  /** The names with labels of all samples, each of which must be well formed and there once. */
  private static Set<String> samples(HttpEndpoint endpoint) throws Exception {
    HttpRequest request = HttpRequest.newBuilder(endpoint.uri().resolve("metrics")).build();
    String body = HttpClient.newHttpClient().send(request, BodyHandlers.ofString()).body();
    Set<String> samples = new HashSet<>();
    body.lines()
        .filter(line -> !line.startsWith("#"))
        .forEach(
            line -> {
              var matcher = SAMPLE.matcher(line);
              assertTrue(matcher.matches(), line);
              assertTrue(samples.add(matcher.group(1)), "twice: " + line);
            });
    return samples;
  }
}
