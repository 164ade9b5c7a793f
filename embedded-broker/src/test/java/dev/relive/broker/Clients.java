package dev.relive.broker;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Future;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.NewTopic;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.Producer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.clients.producer.RecordMetadata;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.serialization.IntegerDeserializer;
import org.apache.kafka.common.serialization.IntegerSerializer;

/** Real Kafka clients for the tests. */
final class Clients {

  static final String TOPIC = "numbers";

  private Clients() {}

  static void createTopic(String bootstrapServers) throws Exception {
    try (Admin admin = Admin.create(Map.of("bootstrap.servers", bootstrapServers))) {
      admin.createTopics(List.of(new NewTopic(TOPIC, 1, (short) 1))).all().get();
    }
  }

  static Producer<Integer, Integer> producer(String bootstrapServers) {
    return new KafkaProducer<>(
        Map.of("bootstrap.servers", bootstrapServers, "acks", "all"),
        new IntegerSerializer(),
        new IntegerSerializer());
  }

  /** Sends the numbers from (inclusive) to (exclusive), and returns when all are acknowledged. */
  static void produce(String bootstrapServers, int from, int to)
      throws ExecutionException, InterruptedException {
    try (Producer<Integer, Integer> producer = producer(bootstrapServers)) {
      List<Future<RecordMetadata>> acknowledgements = new ArrayList<>();
      for (int number = from; number < to; number++) {
        acknowledgements.add(producer.send(new ProducerRecord<>(TOPIC, number, number)));
      }
      for (Future<RecordMetadata> acknowledgement : acknowledgements) {
        acknowledgement.get();
      }
    }
  }

  /** Everything in the topic, in its order. */
  static List<Integer> consume(String bootstrapServers) {
    List<Integer> numbers = new ArrayList<>();
    TopicPartition partition = new TopicPartition(TOPIC, 0);
    try (KafkaConsumer<Integer, Integer> consumer =
        new KafkaConsumer<>(
            Map.of("bootstrap.servers", bootstrapServers),
            new IntegerDeserializer(),
            new IntegerDeserializer())) {
      consumer.assign(List.of(partition));
      consumer.seekToBeginning(List.of(partition));
      long end = consumer.endOffsets(List.of(partition)).values().iterator().next();
      while (consumer.position(partition) < end) {
        for (ConsumerRecord<Integer, Integer> each : consumer.poll(Duration.ofSeconds(1))) {
          numbers.add(each.value());
        }
      }
    }
    return numbers;
  }
}
