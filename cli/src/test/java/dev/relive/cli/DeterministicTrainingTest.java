package dev.relive.cli;

import static java.util.Objects.requireNonNull;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.google.protobuf.InvalidProtocolBufferException;
import com.google.protobuf.Message;
import com.google.protobuf.Parser;
import dev.relive.broker.BrokerConfig;
import dev.relive.broker.EmbeddedBroker;
import dev.relive.log.LogConnection;
import dev.relive.log.Topic;
import dev.relive.log.TopicCatalogue;
import dev.relive.log.wire.Evaluation;
import dev.relive.log.wire.Policy;
import dev.relive.log.wire.Segment;
import dev.relive.log.wire.Snapshot;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import org.apache.kafka.common.serialization.StringDeserializer;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** One seed gives one log but for times, and with it the same weights, through Kafka. */
@Timeout(value = 5, unit = TimeUnit.MINUTES)
final class DeterministicTrainingTest {

  private static final int STEPS = 2_048;

  private final Path directory;

  DeterministicTrainingTest(@TempDir Path directory) {
    this.directory = directory;
  }

  /** Messages by topic, in log order. */
  private record Records(Map<String, List<Message>> byTopic) {

    List<Message> of(Topic topic) {
      return byTopic.getOrDefault(topic.name(), List.of());
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"double-dqn", "actor-critic"})
  void leavesTheSameLogButForTimes(String algorithm) throws Exception {
    CommandRun here = CommandRun.of(arguments(algorithm, "first"));
    assertEquals("", here.err());
    assertEquals(ExitCode.UNSOLVED, here.exitCode(), here::out);
    assertIsReproduced("first");
    Records first = records("first");
    // In a Java of its own, which orders sets and maps in another way, and joins no episodes.
    List<String> more = new ArrayList<>(List.of(arguments(algorithm, "second")));
    more.add("--episode-stream=false");
    try (ChildProcess there = ChildProcess.start(more.toArray(String[]::new))) {
      assertEquals(ExitCode.UNSOLVED, there.awaitEnd(), there::text);
    }
    Records second = records("second");

    TopicCatalogue topics = new TopicCatalogue("relive");
    Topic experience = topics.experience("CartPole-v1");
    long steps =
        first.of(experience).stream().mapToLong(segment -> ((Segment) segment).getLength()).sum();
    assertTrue(steps >= STEPS, "steps: " + steps);
    assertTrue(first.of(topics.policies()).size() > 4, "policies");
    assertTrue(first.of(topics.snapshots()).size() > 1, "snapshots");
    assertEquals(first.byTopic().keySet(), second.byTopic().keySet());
    first
        .byTopic()
        .forEach((topic, messages) -> assertEquals(messages, second.byTopic().get(topic), topic));
  }

  /** By its label, and with what a program gets. */
  private void assertIsReproduced(String name) {
    String data = "--data-directory=" + directory.resolve(name);
    CommandRun people = CommandRun.of("runs", "reproduce", "labelled", data);
    assertEquals(ExitCode.SUCCESS, people.exitCode(), people::err);
    assertTrue(people.out().contains("\nReproduced: all "), people.out());
    CommandRun programs = CommandRun.of("runs", "reproduce", "labelled", "--json", data);
    assertEquals(ExitCode.SUCCESS, programs.exitCode(), programs::err);
    assertTrue(programs.out().contains("\"same\": true"), programs.out());
  }

  private String[] arguments(String algorithm, String name) {
    return new String[] {
      "train",
      "--deterministic",
      "--label=labelled",
      "--algorithm=" + algorithm,
      "--seed=3",
      "--steps=" + STEPS,
      "--data-directory=" + directory.resolve(name),
      "--http-port=0",
      "--quiet"
    };
  }

  private Records records(String name) {
    try (EmbeddedBroker broker = EmbeddedBroker.start(BrokerConfig.in(directory.resolve(name)))) {
      return read(LogConnection.to(broker.bootstrapServers()));
    }
  }

  private static Records read(LogConnection log) {
    TopicCatalogue topics = log.topics();
    Map<Topic, Parser<? extends Message>> parsers =
        Map.of(
            topics.experience("CartPole-v1"), Segment.parser(),
            topics.policies(), Policy.parser(),
            topics.snapshots(), Snapshot.parser(),
            topics.evaluations(), Evaluation.parser());
    Map<String, List<Message>> byTopic = new LinkedHashMap<>();
    try (KafkaConsumer<String, byte[]> consumer =
        new KafkaConsumer<>(
            Map.of(
                "bootstrap.servers", log.bootstrapServers(), "isolation.level", "read_committed"),
            new StringDeserializer(),
            new ByteArrayDeserializer())) {
      parsers.forEach(
          (topic, parser) ->
              byTopic.put(
                  topic.name(),
                  values(consumer, topic).stream().map(value -> timeless(parser, value)).toList()));
    }
    return new Records(byTopic);
  }

  /** All values of a topic, partition by partition. */
  private static List<byte[]> values(KafkaConsumer<String, byte[]> consumer, Topic topic) {
    List<byte[]> values = new ArrayList<>();
    List<TopicPartition> partitions =
        consumer.partitionsFor(topic.name()).stream()
            .map(info -> new TopicPartition(info.topic(), info.partition()))
            .sorted((a, b) -> a.partition() - b.partition())
            .toList();
    for (TopicPartition partition : partitions) {
      consumer.assign(List.of(partition));
      consumer.seekToBeginning(List.of(partition));
      long end = requireNonNull(consumer.endOffsets(List.of(partition)).get(partition));
      while (consumer.position(partition) < end) {
        for (ConsumerRecord<String, byte[]> record : consumer.poll(Duration.ofSeconds(1))) {
          values.add(record.value());
        }
      }
    }
    return values;
  }

  /** The message without its times, and without the checksum that covers them. */
  private static Message timeless(Parser<? extends Message> parser, byte[] value) {
    try {
      Message message = parser.parseFrom(value);
      Message.Builder builder = message.toBuilder();
      message
          .getAllFields()
          .keySet()
          .forEach(
              field -> {
                if (field.getName().endsWith("_micros") || field.getName().equals("crc32c")) {
                  builder.clearField(field);
                }
              });
      return builder.build();
    } catch (InvalidProtocolBufferException e) {
      throw new AssertionError(e);
    }
  }
}
