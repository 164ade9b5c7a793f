package dev.relive.log;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertThrows;

import dev.relive.broker.EmbeddedBroker;
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
import org.apache.kafka.common.KafkaException;
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
    try (EmbeddedBroker broker = TestLog.newBroker()) {
      LogConnection own = LogConnection.to(broker.bootstrapServers());
      Topic progress = own.topics().progress();
      TestLog.create(own, List.of(progress));
      KafkaProducer<byte[], byte[]> killed =
          own.transactionalProducer("killed", Duration.ofMinutes(10));
      killed.initTransactions();
      killed.beginTransaction();
      killed.send(TestLog.record(progress, "killed", new byte[1])).get();
      TestLog.write(own, List.of(TestLog.record(progress, "later", new byte[1])));
      assertEquals(0, committedEnd(own, progress));

      try (LogAdmin admin = LogAdmin.open(own)) {
        assertEquals(1, admin.abortOpenTransactions());
        assertEquals(0, admin.abortOpenTransactions());
      }
      assertEquals(3, committedEnd(own, progress)); // two records and the marker
      assertThrows(KafkaException.class, killed::commitTransaction);
      killed.close(Duration.ZERO);
    }
  }

  @Test
  void abortsAnOffsetThatAKilledMemberOfAGroupLeftOpen() throws Exception {
    try (EmbeddedBroker broker = TestLog.newBroker()) {
      LogConnection own = LogConnection.to(broker.bootstrapServers());
      TestLog.create(own, List.of(own.topics().snapshots()));
      TopicPartition partition = new TopicPartition(own.topics().snapshots().name(), 0);
      KafkaProducer<byte[], byte[]> killed =
          own.transactionalProducer("member", Duration.ofMinutes(10));
      try (var successor = own.groupConsumer("group")) {
        killed.initTransactions();
        killed.beginTransaction();
        killed.sendOffsetsToTransaction(
            Map.of(partition, new OffsetAndMetadata(7)), successor.groupMetadata());
        assertThrows(
            TimeoutException.class,
            () -> successor.committed(Set.of(partition), Duration.ofMillis(200)));

        try (LogAdmin admin = LogAdmin.open(own)) {
          assertEquals(1, admin.abortOpenTransactions());
        }
        assertNull(successor.committed(Set.of(partition)).get(partition));
      }
      killed.close(Duration.ZERO);
    }
  }

  /** Where readers of committed records can go on to. */
  private static long committedEnd(LogConnection log, Topic topic) {
    TopicPartition partition = new TopicPartition(topic.name(), 0);
    try (var consumer = log.consumer(IsolationLevel.READ_COMMITTED)) {
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
