package dev.relive.log;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.NewTopic;
import org.apache.kafka.clients.consumer.OffsetAndMetadata;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.common.IsolationLevel;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.errors.TimeoutException;
import org.junit.jupiter.api.Test;

class LogAdminTest {
  private final LogConnection connection = TestLog.connection();
  private final TopicCatalogue topics = connection.topics();

  @Test
  void createsWhatIsMissingAndFindsItGoodAfterwards() {
    List<Topic> all = new ArrayList<>(topics.shared());
    all.add(topics.experience("CartPole-v1"));
    all.add(topics.rejected("CartPole-v1"));
    try (LogAdmin admin = LogAdmin.open(connection)) {
      admin.ensure(all);
      admin.ensure(all);
      assertEquals(16 << 20, admin.largestRecord(topics.experience("CartPole-v1")));
    }
  }

  @Test
  void letsServicesCreateAtTheSameTime() {
    List<CompletableFuture<Void>> services = new ArrayList<>();
    for (int i = 0; i < 4; i++) {
      services.add(CompletableFuture.runAsync(() -> TestLog.create(connection, topics.shared())));
    }
    CompletableFuture.allOf(services.toArray(CompletableFuture[]::new)).join();
  }

  @Test
  void refusesASettingThatBreaksAPromise() throws Exception {
    Topic experience = topics.experience("a");
    create(new NewTopic(experience.name(), 1, (short) 1).configs(Map.of("retention.ms", "1000")));
    assertRefused(
        experience,
        "Topic "
            + experience.name()
            + " has retention.ms=1000 but must have -1, because that is the retention stated for"
            + " the log.");
  }

  @Test
  void takesTheRetentionThatTheUserStates() throws Exception {
    Topic experience = topics.experience("a", 3, Duration.ofDays(2));
    try (LogAdmin admin = LogAdmin.open(connection)) {
      admin.ensure(List.of(experience));
      admin.requirePartition(experience, 2);
      LogException e =
          assertThrows(LogException.class, () -> admin.requirePartition(experience, 3));
      assertEquals(
          "Topic " + experience.name() + " has no partition 3: it has 3, counted from 0.",
          e.getMessage());
    }
    assertRefused(
        topics.experience("a"),
        "Topic "
            + experience.name()
            + " has retention.ms=172800000 but must have -1, because that is the retention stated"
            + " for the log.");
  }

  @Test
  void refusesSeveralPartitionsWhereOrderIsNeeded() throws Exception {
    create(
        new NewTopic(topics.runs().name(), 2, (short) 1)
            .configs(Map.of("cleanup.policy", "compact")));
    assertRefused(
        topics.runs(),
        "Topic "
            + topics.runs().name()
            + " has 2 partitions but must have 1, so that its records have one order.");
  }

  @Test
  void refusesLargeSegmentsWhereCompactionMustKeepUp() throws Exception {
    create(
        new NewTopic(topics.progress().name(), 1, (short) 1)
            .configs(Map.of("cleanup.policy", "compact")));
    assertRefused(
        topics.progress(),
        "Topic "
            + topics.progress().name()
            + " has segment.ms=604800000 but must have at most 3600000, because Kafka never"
            + " compacts the segment that it writes to.");
  }

  @Test
  void abortsWhatAKilledProcessLeftOpen() throws Exception {
    Topic progress = topics.progress();
    TestLog.create(connection, topics.shared());
    try (KafkaProducer<byte[], byte[]> killed =
        connection.transactionalProducer("killed", Duration.ofMinutes(10))) {
      killed.initTransactions();
      killed.beginTransaction();
      killed.send(TestLog.record(progress, "killed", new byte[1])).get();
      TestLog.write(connection, List.of(TestLog.record(progress, "later", new byte[1])));
      assertEquals(0, committedEnd(progress));

      try (LogAdmin admin = LogAdmin.open(connection)) {
        assertEquals(1, admin.abortOpenTransactions(topics.shared()));
        assertEquals(0, admin.abortOpenTransactions(topics.shared()));
      }
      assertEquals(3, committedEnd(progress)); // two records and the marker
      killed.close(Duration.ZERO);
    }
  }

  @Test
  void abortsAnOffsetThatAKilledMemberOfAGroupLeftOpen() throws Exception {
    TestLog.create(connection, topics.shared());
    TopicPartition partition = new TopicPartition(topics.snapshots().name(), 0);
    String group = "group-" + connection.prefix();
    try (KafkaProducer<byte[], byte[]> killed =
            connection.transactionalProducer("member", Duration.ofMinutes(10));
        var successor = connection.groupConsumer(group)) {
      killed.initTransactions();
      killed.beginTransaction();
      killed.sendOffsetsToTransaction(
          Map.of(partition, new OffsetAndMetadata(7)), successor.groupMetadata());
      assertThrows(
          TimeoutException.class,
          () -> successor.committed(Set.of(partition), Duration.ofMillis(200)));

      try (LogAdmin admin = LogAdmin.open(connection)) {
        assertEquals(1, admin.abortOpenTransactions(topics.shared()));
      }
      assertNull(successor.committed(Set.of(partition)).get(partition));
      killed.close(Duration.ZERO);
    }
  }

  /** Where readers of committed records can go on to. */
  private long committedEnd(Topic topic) {
    TopicPartition partition = new TopicPartition(topic.name(), 0);
    try (var consumer = connection.consumer(IsolationLevel.READ_COMMITTED)) {
      return consumer.endOffsets(List.of(partition)).getOrDefault(partition, -1L);
    }
  }

  private void create(NewTopic topic) throws Exception {
    try (Admin admin = Admin.create(connection.adminProperties(Duration.ofSeconds(10)))) {
      admin.createTopics(List.of(topic)).all().get();
    }
  }

  private void assertRefused(Topic topic, String message) {
    try (LogAdmin admin = LogAdmin.open(connection)) {
      LogException e = assertThrows(LogException.class, () -> admin.ensure(List.of(topic)));
      assertEquals(message, e.getMessage());
    }
  }
}
