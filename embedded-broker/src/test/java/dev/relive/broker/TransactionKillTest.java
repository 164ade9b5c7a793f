package dev.relive.broker;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.BufferedReader;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.serialization.IntegerDeserializer;
import org.junit.jupiter.api.RepeatedTest;
import org.junit.jupiter.api.io.TempDir;

/** A broker killed in the middle of transactions, which readers of committed records wait for. */
class TransactionKillTest {
  /** Kafka looks every ten seconds for transactions that ran out of their two. */
  private static final Duration SETTLED_WITHIN = Duration.ofSeconds(60);

  @RepeatedTest(3)
  void noTransactionStaysOpenAfterARestart(@TempDir Path temporary) throws Exception {
    Path directory = temporary.resolve("data");
    int committed = commitUntilKilled(directory);

    try (EmbeddedBroker broker = EmbeddedBroker.start(BrokerConfig.in(directory))) {
      Map<String, List<Integer>> read = new HashMap<>();
      for (String topic : TransactionProgram.TOPICS) {
        List<Integer> numbers = readWhenSettled(broker.bootstrapServers(), topic);
        assertTrue(numbers.size() > committed, topic + " has " + numbers.size());
        read.put(topic, numbers);
      }
      // A transaction is in both topics or in none.
      assertEquals(read.get("left"), read.get("right"));
    }
  }

  /** Returns the last number that was surely committed. */
  private static int commitUntilKilled(Path directory) throws Exception {
    Process process =
        new ProcessBuilder(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-Xmx512m",
                "-cp",
                System.getProperty("java.class.path"),
                "-Dlog.file=" + System.getProperty("user.dir") + "/target/test-program.log",
                TransactionProgram.class.getName(),
                directory.toString())
            .redirectError(ProcessBuilder.Redirect.DISCARD)
            .start();
    int committed = -1;
    try (BufferedReader output = process.inputReader()) {
      while (committed < 50) {
        committed = Integer.parseInt(output.readLine());
      }
      process.toHandle().destroyForcibly();
      assertTrue(process.waitFor(30, TimeUnit.SECONDS));
    }
    return committed;
  }

  /** Reads committed records up to the log's end, which an open transaction would hide. */
  private static List<Integer> readWhenSettled(String bootstrapServers, String topic) {
    TopicPartition partition = new TopicPartition(topic, 0);
    Map<String, Object> properties = new HashMap<>();
    properties.put("bootstrap.servers", bootstrapServers);
    long end = end(properties, partition);
    properties.put("isolation.level", "read_committed");
    long deadline = System.nanoTime() + SETTLED_WITHIN.toNanos();
    while (end(properties, partition) < end) {
      assertTrue(System.nanoTime() < deadline, "A transaction of " + topic + " stays open.");
    }
    List<Integer> numbers = new ArrayList<>();
    try (KafkaConsumer<Integer, Integer> consumer = consumer(properties)) {
      consumer.assign(List.of(partition));
      consumer.seekToBeginning(List.of(partition));
      long settled = consumer.endOffsets(List.of(partition)).getOrDefault(partition, 0L);
      while (consumer.position(partition) < settled) {
        for (ConsumerRecord<Integer, Integer> each : consumer.poll(Duration.ofSeconds(1))) {
          numbers.add(each.value());
        }
      }
    }
    return numbers;
  }

  private static long end(Map<String, Object> properties, TopicPartition partition) {
    try (KafkaConsumer<Integer, Integer> consumer = consumer(properties)) {
      return consumer.endOffsets(List.of(partition)).getOrDefault(partition, 0L);
    }
  }

  private static KafkaConsumer<Integer, Integer> consumer(Map<String, Object> properties) {
    return new KafkaConsumer<>(properties, new IntegerDeserializer(), new IntegerDeserializer());
  }
}
