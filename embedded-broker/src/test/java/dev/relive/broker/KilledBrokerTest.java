package dev.relive.broker;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.junit.jupiter.api.Assertions.assertEquals;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.apache.kafka.clients.consumer.Consumer;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.Producer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * What becomes of transactions that were open when a broker was killed. The kill is a copy of the
 * data directory, made while the broker is alive and nothing is written.
 */
class KilledBrokerTest {

  private static final TopicPartition TRANSACTIONS = new TopicPartition("__transaction_state", 0);
  private static final String ID = "transaction";

  /** Where the fields are in Kafka's record of a transaction's state. */
  private static final int EPOCH = 10;

  private static final int STATUS = 16;
  private static final byte ONGOING = 1;
  private static final byte PREPARE_COMMIT = 2;

  private final Path alive;
  private final Path killed;

  KilledBrokerTest(@TempDir Path temporary) {
    alive = temporary.resolve("alive");
    killed = temporary.resolve("killed");
  }

  @Test
  void aTransactionThatWasBeingCommittedIsCommitted() throws Exception {
    leaveATransactionOpen(true);
    try (EmbeddedBroker broker = EmbeddedBroker.start(BrokerConfig.in(killed))) {
      assertEquals(List.of("in the transaction", "after it"), committed(broker, 2));
    }
  }

  @Test
  void anOpenTransactionEndsAtItsTimeLimit() throws Exception {
    leaveATransactionOpen(false);
    try (EmbeddedBroker broker = EmbeddedBroker.start(BrokerConfig.in(killed))) {
      assertEquals(List.of("after it"), committed(broker, 1));
    }
  }

  /** Leaves it to the broker in {@link #killed}. */
  private void leaveATransactionOpen(boolean isBeingCommitted) throws Exception {
    try (EmbeddedBroker broker = EmbeddedBroker.start(BrokerConfig.in(alive))) {
      Clients.createTopic(broker.bootstrapServers());
      Map<String, Object> transactional =
          Map.of("transactional.id", ID, "transaction.timeout.ms", 1000);
      Producer<byte[], byte[]> producer = producer(broker, transactional);
      producer.initTransactions();
      producer.beginTransaction();
      producer.send(record("in the transaction")).get();
      try (Producer<byte[], byte[]> other = producer(broker, Map.of())) {
        other.send(record("after it")).get();
      }
      if (isBeingCommitted) {
        prepareCommit(broker);
      }
      copy(alive, killed);
      producer.close(Duration.ZERO);
    }
  }

  /**
   * Says in the log of transactions what the broker says there when it is asked to commit: with
   * that the transaction is committed, but not marked so in its partitions yet.
   */
  private static void prepareCommit(EmbeddedBroker broker) throws Exception {
    ConsumerRecord<byte[], byte[]> ongoing;
    try (Consumer<byte[], byte[]> consumer = consumer(broker, "read_uncommitted")) {
      consumer.assign(List.of(TRANSACTIONS));
      consumer.seekToBeginning(List.of(TRANSACTIONS));
      List<ConsumerRecord<byte[], byte[]>> states = new ArrayList<>();
      while (states.isEmpty() || states.get(states.size() - 1).value()[STATUS] != ONGOING) {
        consumer.poll(Duration.ofMillis(100)).forEach(states::add);
      }
      ongoing = states.get(states.size() - 1);
    }
    ByteBuffer state = ByteBuffer.wrap(ongoing.value().clone());
    state.putShort(EPOCH, (short) (state.getShort(EPOCH) + 1)).put(STATUS, PREPARE_COMMIT);
    // The name by which Kafka's own tools may write to its topics.
    try (Producer<byte[], byte[]> writer =
        producer(broker, Map.of("client.id", "__admin_client"))) {
      writer
          .send(new ProducerRecord<>(TRANSACTIONS.topic(), 0, ongoing.key(), state.array()))
          .get();
    }
  }

  private static void copy(Path from, Path to) throws IOException {
    try (Stream<Path> paths = Files.walk(from)) {
      for (Path path : paths.toList()) {
        Path copy = to.resolve(from.relativize(path).toString());
        if (Files.isDirectory(path)) {
          Files.createDirectories(copy);
        } else {
          Files.copy(path, copy);
        }
      }
    }
  }

  /** What readers of committed records see, once it is so many records. */
  private static List<String> committed(EmbeddedBroker broker, int count) {
    TopicPartition partition = new TopicPartition(Clients.TOPIC, 0);
    List<String> read = new ArrayList<>();
    try (Consumer<byte[], byte[]> consumer = consumer(broker, "read_committed")) {
      consumer.assign(List.of(partition));
      consumer.seekToBeginning(List.of(partition));
      while (read.size() < count) {
        consumer
            .poll(Duration.ofMillis(100))
            .forEach(record -> read.add(new String(record.value(), UTF_8)));
      }
    }
    return read;
  }

  private static ProducerRecord<byte[], byte[]> record(String text) {
    return new ProducerRecord<>(Clients.TOPIC, 0, null, text.getBytes(UTF_8));
  }

  private static Producer<byte[], byte[]> producer(
      EmbeddedBroker broker, Map<String, Object> settings) {
    Map<String, Object> all = new HashMap<>(settings);
    all.put("bootstrap.servers", broker.bootstrapServers());
    return new KafkaProducer<>(all, new ByteArraySerializer(), new ByteArraySerializer());
  }

  private static Consumer<byte[], byte[]> consumer(EmbeddedBroker broker, String isolation) {
    return new KafkaConsumer<>(
        Map.of(
            "bootstrap.servers",
            broker.bootstrapServers(),
            "isolation.level",
            isolation,
            "exclude.internal.topics",
            false),
        new ByteArrayDeserializer(),
        new ByteArrayDeserializer());
  }
}
