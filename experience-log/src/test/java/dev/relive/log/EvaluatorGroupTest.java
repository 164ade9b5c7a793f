package dev.relive.log;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.relive.log.wire.Evaluation;
import dev.relive.log.wire.Position;
import dev.relive.log.wire.Progress;
import dev.relive.log.wire.RunSpec;
import dev.relive.log.wire.RunVerdict;
import dev.relive.log.wire.Snapshot;
import dev.relive.log.wire.SnapshotReason;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ExecutionException;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.ConsumerGroupDescription;
import org.apache.kafka.clients.admin.RemoveMembersFromConsumerGroupOptions;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.GroupState;
import org.apache.kafka.common.IsolationLevel;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.errors.GroupIdNotFoundException;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Evaluators of one run on a real broker, with the test as the learner and as their threads. */
class EvaluatorGroupTest {
  private static final Duration LIMIT = Duration.ofSeconds(60);
  private static final Duration POLL = Duration.ofMillis(50);
  private static final RunSpec RUN = RunSpec.newBuilder().setRun("run").build();
  private static final RunSpec DETERMINISTIC = RUN.toBuilder().setDeterministic(true).build();

  private final LogConnection connection = TestLog.connection(TopicCatalogue::shared);
  private final TopicCatalogue topics = connection.topics();

  @BeforeEach
  void createRun() {
    try (RunRegistry registry = new RunRegistry(connection)) {
      registry.create(RUN);
    }
  }

  @Test
  void givesTheNewestAndCountsWhatItPassesOverButNeverAFinalOne() throws Exception {
    try (EvaluatorGroup group = EvaluatorGroup.join(connection, RUN)) {
      assertNull(group.poll(POLL));
      publish("run", 1, SnapshotReason.PERIODIC);
      assertEquals(1, next(group).getVersion());
      assertTrue(group.commit(List.of(evaluation(1, "first")), null));
      publish("run", 2, SnapshotReason.PERIODIC);
      publish("other", 3, SnapshotReason.FINAL);
      publish("run", 4, SnapshotReason.PERIODIC);
      publish("run", 5, SnapshotReason.FINAL);
      publish("run", 6, SnapshotReason.PERIODIC);
      publish("run", 7, SnapshotReason.BEST);

      assertEquals(5, next(group).getVersion());
      assertEquals(2, group.skipped());
      assertEquals(7, next(group).getVersion());
      assertEquals(3, group.skipped());
    }
  }

  @Test
  void theFirstEvaluatorOfARunBeginsWithItsNewestSnapshot() throws Exception {
    publish("run", 1, SnapshotReason.PERIODIC);
    publish("run", 2, SnapshotReason.PERIODIC);
    publish("other", 3, SnapshotReason.PERIODIC);
    try (EvaluatorGroup group = EvaluatorGroup.join(connection, RUN)) {
      assertEquals(2, next(group).getVersion());
      assertEquals(0, group.skipped());
    }
  }

  /** As it is when the learner's commit has reached the snapshots but not yet the Progress. */
  @Test
  void theFirstSnapshotIsNotMissedWhileItsProgressIsBeingCommitted() throws Exception {
    Position position = write("run", 1, SnapshotReason.PERIODIC);
    try (KafkaProducer<byte[], byte[]> learner =
            connection.transactionalProducer("learner-" + connection.prefix(), LIMIT);
        EvaluatorGroup group = EvaluatorGroup.join(connection, RUN)) {
      learner.initTransactions();
      learner.beginTransaction();
      learner.send(progress("run", position)).get();

      assertEquals(1, next(group).getVersion());
      Transactions.commit(learner);
    }
  }

  @Test
  void inADeterministicRunNoneIsPassedOver() throws Exception {
    for (long version = 1; version <= 3; version++) {
      publish("run", version, SnapshotReason.PERIODIC);
    }
    List<Long> given = new ArrayList<>();
    try (EvaluatorGroup group = EvaluatorGroup.join(connection, DETERMINISTIC)) {
      for (long version = 1; version <= 3; version++) {
        given.add(next(group).getVersion());
        assertTrue(group.commit(List.of(evaluation(version, "first")), null));
      }
      assertEquals(0, group.skipped());
    }
    assertEquals(List.of(1L, 2L, 3L), given);
  }

  @Test
  void whoTakesOverGoesOnWhereTheGroupStands() throws Exception {
    publish("run", 1, SnapshotReason.PERIODIC);
    try (EvaluatorGroup first = EvaluatorGroup.join(connection, DETERMINISTIC)) {
      assertEquals(1, next(first).getVersion());
      assertTrue(first.commit(List.of(evaluation(1, "first")), null));
      publish("run", 2, SnapshotReason.PERIODIC);
      assertEquals(2, next(first).getVersion());
      // It leaves before it has evaluated that one.
    }
    try (EvaluatorGroup second = EvaluatorGroup.join(connection, DETERMINISTIC)) {
      assertEquals(2, next(second).getVersion());
      assertTrue(second.commit(List.of(evaluation(2, "second")), null));
    }
    assertEquals(List.of("1 first", "2 second"), evaluations());
  }

  @Test
  void ofTwoOneHasTheRunAndTheOtherTakesItWhenThatLeaves() throws Exception {
    try (EvaluatorGroup first = EvaluatorGroup.join(connection, RUN);
        EvaluatorGroup second = EvaluatorGroup.join(connection, RUN)) {
      EvaluatorGroup active = awaitOneActive(first, second);
      EvaluatorGroup standby = active == first ? second : first;
      publish("run", 1, SnapshotReason.PERIODIC);
      assertEquals(1, next(active).getVersion());
      assertTrue(active.commit(List.of(evaluation(1, "active")), null));
      assertFalse(standby.isActive());
      active.close();
      publish("run", 2, SnapshotReason.PERIODIC);
      assertEquals(2, next(standby).getVersion());
      assertTrue(standby.isActive());
    }
  }

  @Test
  void whoWasTakenForDeadCommitsNothing() throws Exception {
    publish("run", 1, SnapshotReason.PERIODIC);
    try (EvaluatorGroup zombie = EvaluatorGroup.join(connection, RUN);
        EvaluatorGroup successor = EvaluatorGroup.join(connection, RUN)) {
      assertEquals(1, next(zombie).getVersion());
      removeMembers();
      assertEquals(1, next(successor).getVersion());

      assertFalse(zombie.commit(List.of(evaluation(1, "zombie")), verdict(1)));
      assertTrue(successor.commit(List.of(evaluation(1, "successor")), null));
      assertFalse(zombie.isActive());
    }
    assertEquals(List.of("1 successor"), evaluations());
    assertNull(run().verdict());
  }

  @Test
  void aZombieThatCommitsFirstIsRefusedByTheGroup() throws Exception {
    publish("run", 1, SnapshotReason.PERIODIC);
    try (EvaluatorGroup zombie = EvaluatorGroup.join(connection, RUN)) {
      assertEquals(1, next(zombie).getVersion());
      removeMembers();

      assertFalse(zombie.commit(List.of(evaluation(1, "zombie")), null));
      // It is a member again, and does it over.
      assertEquals(1, next(zombie).getVersion());
      assertTrue(zombie.commit(List.of(evaluation(1, "again")), null));
    }
    assertEquals(List.of("1 again"), evaluations());
  }

  @Test
  void whoIsFencedWronglyTakesTheRunBack() throws Exception {
    publish("run", 1, SnapshotReason.PERIODIC);
    try (EvaluatorGroup group = EvaluatorGroup.join(connection, RUN);
        KafkaProducer<byte[], byte[]> late =
            connection.transactionalProducer(EvaluationTransactions.id(connection, "run"), LIMIT)) {
      assertEquals(1, next(group).getVersion());
      // A member that was removed before it came to fence those before it.
      late.initTransactions();

      assertFalse(group.commit(List.of(evaluation(1, "fenced")), null));
      assertEquals(1, next(group).getVersion());
      assertTrue(group.commit(List.of(evaluation(1, "again")), null));
    }
    assertEquals(List.of("1 again"), evaluations());
  }

  @Test
  void whatADeadEvaluatorLeftOpenIsAborted() throws Exception {
    publish("run", 1, SnapshotReason.PERIODIC);
    try (KafkaProducer<byte[], byte[]> dead =
        connection.transactionalProducer(EvaluationTransactions.id(connection, "run"), LIMIT)) {
      dead.initTransactions();
      dead.beginTransaction();
      byte[] value = RecordCodec.EVALUATION.encode(evaluation(1, "dead"));
      dead.send(TestLog.record(topics.evaluations(), "run", value)).get();
      try (EvaluatorGroup group = EvaluatorGroup.join(connection, RUN)) {
        assertEquals(1, next(group).getVersion());
        assertTrue(group.commit(List.of(evaluation(1, "living")), null));
      }
      assertThrows(KafkaException.class, dead::commitTransaction);
    }
    assertEquals(List.of("1 living"), evaluations());
  }

  @Test
  void theVerdictIsCommittedWithWhatItFollowsFrom() throws Exception {
    publish("run", 4, SnapshotReason.PERIODIC);
    try (EvaluatorGroup group = EvaluatorGroup.join(connection, RUN)) {
      assertEquals(4, next(group).getVersion());
      assertTrue(group.commit(List.of(evaluation(4, "first"), evaluation(4, "again")), verdict(4)));
    }
    assertEquals(List.of("4 first", "4 again"), evaluations());
    RunVerdict found = run().verdict();
    assertNotNull(found);
    assertEquals(4, found.getVersion());
  }

  @Test
  void theGroupIsPastWhatIsCommittedAndNoMore() throws Exception {
    Position first = publish("run", 1, SnapshotReason.PERIODIC);
    try (EvaluatorGroup group = EvaluatorGroup.join(connection, RUN)) {
      assertFalse(group.isPast(first));
      assertEquals(1, next(group).getVersion());
      assertFalse(group.isPast(first));
      // Of no use, so nothing is found; but there is no need to look at it again.
      assertTrue(group.commit(List.of(), null));
      assertTrue(group.isPast(first));
      assertFalse(group.isPast(publish("run", 2, SnapshotReason.PERIODIC)));
    }
    assertEquals(List.of(), evaluations());
  }

  @Test
  void pollingCanBeInterruptedAndTheGroupIsLeftAtOnce() throws Exception {
    EvaluatorGroup group = EvaluatorGroup.join(connection, RUN);
    publish("run", 1, SnapshotReason.PERIODIC);
    assertEquals(1, next(group).getVersion());
    Thread.currentThread().interrupt();
    assertThrows(InterruptedException.class, () -> group.poll(LIMIT));
    Thread.currentThread().interrupt();
    group.close();
    assertTrue(Thread.interrupted());
    assertEquals(0, members());
  }

  private static Snapshot next(EvaluatorGroup group) throws InterruptedException {
    long deadline = System.nanoTime() + LIMIT.toNanos();
    while (System.nanoTime() < deadline) {
      Snapshot snapshot = group.poll(POLL);
      if (snapshot != null) {
        return snapshot;
      }
    }
    throw new AssertionError("no snapshot came");
  }

  /** Both poll, as their threads would, until the group has settled. */
  private EvaluatorGroup awaitOneActive(EvaluatorGroup first, EvaluatorGroup second)
      throws Exception {
    long deadline = System.nanoTime() + LIMIT.toNanos();
    do {
      assertTrue(System.nanoTime() < deadline, "the group does not settle");
      assertNull(first.poll(POLL));
      assertNull(second.poll(POLL));
    } while (members() < 2 || first.isActive() == second.isActive());
    return first.isActive() ? first : second;
  }

  /** How many have joined and have been told what they have; before the first there is no group. */
  private int members() throws Exception {
    try (Admin admin = admin()) {
      ConsumerGroupDescription group =
          admin.describeConsumerGroups(List.of(group())).all().get().get(group());
      assertNotNull(group);
      return group.groupState() == GroupState.STABLE ? group.members().size() : 0;
    } catch (ExecutionException e) {
      if (e.getCause() instanceof GroupIdNotFoundException) {
        return 0;
      }
      throw e;
    }
  }

  /** What the group's coordinator does when it has not heard of its members. */
  private void removeMembers() throws Exception {
    try (Admin admin = admin()) {
      admin
          .removeMembersFromConsumerGroup(group(), new RemoveMembersFromConsumerGroupOptions())
          .all()
          .get();
    }
  }

  private Admin admin() {
    return Admin.create(Map.of("bootstrap.servers", connection.bootstrapServers()));
  }

  private String group() {
    return EvaluatorGroup.id(connection, "run");
  }

  /** Writes a snapshot, and the Progress that says where it stands. */
  private Position publish(String run, long version, SnapshotReason reason) {
    Position position = write(run, version, reason);
    TestLog.write(connection, List.of(progress(run, position)));
    return position;
  }

  private Position write(String run, long version, SnapshotReason reason) {
    Topic topic = topics.snapshots();
    int partition = RunPartition.of(run, topic.partitions());
    byte[] key = (run + "/" + version).getBytes(UTF_8);
    byte[] value =
        RecordCodec.SNAPSHOT.encode(
            Snapshot.newBuilder().setRun(run).setVersion(version).setReason(reason).build());
    long offset =
        TestLog.write(
            connection, List.of(new ProducerRecord<>(topic.name(), partition, key, value)));
    return Position.newBuilder()
        .setTopic(topic.name())
        .setPartition(partition)
        .setOffset(offset)
        .build();
  }

  private ProducerRecord<byte[], byte[]> progress(String run, Position snapshot) {
    byte[] value =
        RecordCodec.PROGRESS.encode(
            Progress.newBuilder().setRun(run).setSnapshot(snapshot).build());
    return TestLog.record(topics.progress(), run, value);
  }

  private static Evaluation evaluation(long version, String evaluator) {
    return Evaluation.newBuilder()
        .setRun("run")
        .setVersion(version)
        .setEvaluator(evaluator)
        .build();
  }

  private static RunVerdict verdict(long version) {
    return RunVerdict.newBuilder().setRun("run").setVersion(version).build();
  }

  /** Versions and evaluators of all that is committed. */
  private List<String> evaluations() {
    List<String> found = new ArrayList<>();
    TopicPartition partition = new TopicPartition(topics.evaluations().name(), 0);
    RunRecords<Evaluation> records =
        RunRecords.keyedByRun(
            "run", RecordCodec.EVALUATION, Evaluation::getRun, new RejectionCounters());
    try (KafkaConsumer<ByteBuffer, ByteBuffer> consumer =
        connection.consumer(IsolationLevel.READ_COMMITTED)) {
      PartitionScan scan = new PartitionScan(consumer, partition);
      scan.read(
          scan.begin(),
          PartitionScan.logEnd(connection, partition), // its marker follows a commit's answer
          record -> {
            Evaluation evaluation = records.decode(record);
            if (evaluation != null) {
              found.add(evaluation.getVersion() + " " + evaluation.getEvaluator());
            }
          });
    }
    return found;
  }

  private Run run() {
    try (RunRegistry registry = new RunRegistry(connection)) {
      return registry.find("run");
    }
  }
}
