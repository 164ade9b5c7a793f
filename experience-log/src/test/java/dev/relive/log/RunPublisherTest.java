package dev.relive.log;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.relive.broker.BrokerConfig;
import dev.relive.broker.EmbeddedBroker;
import dev.relive.log.wire.CheckpointState;
import dev.relive.log.wire.Policy;
import dev.relive.log.wire.Position;
import dev.relive.log.wire.Progress;
import dev.relive.log.wire.RunPhase;
import dev.relive.log.wire.RunSpec;
import dev.relive.log.wire.RunState;
import dev.relive.log.wire.Snapshot;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.LongSupplier;
import java.util.stream.LongStream;
import org.apache.kafka.clients.consumer.Consumer;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.clients.producer.Producer;
import org.apache.kafka.common.IsolationLevel;
import org.apache.kafka.common.TopicPartition;
import org.junit.jupiter.api.Test;
import reactor.test.StepVerifier;

class RunPublisherTest {
  private final LogConnection connection = TestLog.connection(TopicCatalogue::shared);
  private final TopicCatalogue topics = connection.topics();

  @Test
  void commitsAProgressThatSaysWhereEverythingStands() throws Exception {
    try (RunPublisher publisher = RunPublisher.open(connection, "run")) {
      assertEquals(Optional.empty(), publisher.newest());
      assertEquals(1, publisher.generation());
      publisher.publish(
          Publication.of(progress(100))
              .withPolicy(() -> policy(1))
              .with(snapshot(2))
              .withCheckpoint(CheckpointState::getDefaultInstance));
      publisher.flush();
      publisher.publish(Publication.of(progress(200)).withPolicy(() -> policy(3)));
      publisher.flush();
      assertEquals(2, publisher.counters().transactions());
      assertEquals(2, publisher.counters().policies());
      assertEquals(1, publisher.counters().snapshots());
      assertEquals(1, publisher.counters().checkpoints());
      assertFalse(publisher.ended().isDone());
    }
    List<Progress> published = published();
    assertEquals(List.of(1L, 2L), published.stream().map(Progress::getOrdinal).toList());
    Progress first = published.get(0);
    assertEquals(100, first.getRunSteps());
    assertEquals(1, RecordCodec.POLICY.decode(at(first.getPolicy(), "run")).getVersion());
    assertEquals(2, RecordCodec.SNAPSHOT.decode(at(first.getSnapshot(), "run/2")).getVersion());
    assertEquals(
        0, RecordCodec.CHECKPOINT_PART.decode(at(first.getCheckpoint(), "run/0")).getPart());
    Progress second = published.get(1);
    assertEquals(3, RecordCodec.POLICY.decode(at(second.getPolicy(), "run")).getVersion());
    assertEquals(
        first.toBuilder()
            .setRunSteps(200)
            .setOrdinal(2)
            .setPolicyVersion(3)
            .setPolicy(second.getPolicy())
            .build(),
        second);
  }

  @Test
  void goesOnWhereTheGenerationBeforeEnded() throws Exception {
    try (RunPublisher first = RunPublisher.open(connection, "run")) {
      first.publish(Publication.of(progress(1)).withPolicy(() -> policy(1)).with(snapshot(2)));
    }
    try (RunPublisher second = RunPublisher.open(connection, "run")) {
      assertEquals(published().get(0), second.newest().orElseThrow());
      assertEquals(2, second.generation());
      second.publish(Publication.of(progress(5)));
    }
    List<Progress> published = published();
    assertEquals(
        published.get(0).toBuilder().setRunSteps(5).setGeneration(2).setOrdinal(2).build(),
        published.get(1));
  }

  @Test
  void isFencedByASecondOfTheSameRunOnly() throws Exception {
    RunPublisher zombie = RunPublisher.open(connection, "run");
    try (RunPublisher other = RunPublisher.open(connection, "another");
        RunPublisher successor = RunPublisher.open(connection, "run")) {
      zombie.publish(Publication.of(progress(1)).withPolicy(() -> policy(1)));
      FencedException fenced = assertThrows(FencedException.class, zombie::flush);
      assertEquals(
          "Another learner has taken over run run, so this one ends without publishing anything"
              + " more.",
          fenced.getMessage());
      assertThrows(FencedException.class, () -> zombie.publish(Publication.of(progress(2))));
      ExecutionException ended =
          assertThrows(ExecutionException.class, () -> zombie.ended().get(30, TimeUnit.SECONDS));
      assertInstanceOf(FencedException.class, ended.getCause());
      assertThrows(FencedException.class, zombie::close);
      successor.publish(Publication.of(progress(3)));
      successor.flush();
      other.publish(Publication.of(progress(4)));
      other.flush();
    }
    assertEquals(List.of(3L, 4L), published().stream().map(Progress::getRunSteps).toList());
  }

  @Test
  void publishesAfterTheBrokerCameBack() throws Exception {
    EmbeddedBroker first = TestLog.newBroker();
    BrokerConfig same = new BrokerConfig(first.directory(), first.address().port());
    LogConnection restarted = LogConnection.to(first.bootstrapServers());
    TestLog.create(restarted, restarted.topics().shared());
    EmbeddedBroker second;
    try (RunPublisher publisher = RunPublisher.open(restarted, "run")) {
      publisher.publish(Publication.of(progress(1)).withPolicy(() -> policy(1)));
      publisher.flush();
      first.close();
      publisher.publish(Publication.of(progress(2)).withPolicy(() -> policy(2)));
      second = EmbeddedBroker.start(same);
      publisher.flush();
    }
    StepVerifier.create(new RunFeeds(restarted).progress("run"))
        .assertNext(newest -> assertEquals(2, newest.getPolicyVersion()))
        .thenCancel()
        .verify(Duration.ofSeconds(30));
    second.close();
  }

  @Test
  void showsItsClientToAnObserver() throws Exception {
    List<String> seen = new ArrayList<>();
    ClientObserver observer =
        new ClientObserver() {
          @Override
          public Observation opened(Producer<?, ?> producer) {
            seen.add(producer.metrics().isEmpty() ? "no metrics" : "metrics");
            return () -> seen.add("closed");
          }

          @Override
          public Observation opened(Consumer<?, ?> consumer) {
            throw new AssertionError("a consumer that lives shortly");
          }
        };
    RunPublisher.open(connection.observedBy(observer), "run").close();
    assertEquals(List.of("metrics", "closed"), seen);
  }

  @Test
  void sendsTheNewestOfWhatWaitsWhenItsTimeComes() throws Exception {
    AtomicLong now = new AtomicLong();
    try (RunPublisher publisher = RunPublisher.open(connection, "run", now::get)) {
      publisher.publish(Publication.of(progress(1)).withPolicy(() -> policy(1)));
      publisher.flush();
      publisher.publish(Publication.of(progress(2)).withPolicy(() -> policy(2)));
      publisher.publish(Publication.of(progress(3)).withPolicy(() -> policy(3)));
      assertEquals(1, publisher.counters().transactions());
      now.addAndGet(Duration.ofMillis(50).toNanos());
      publisher.flush();
    }
    assertEquals(List.of(1L, 3L), published().stream().map(Progress::getPolicyVersion).toList());
    assertEquals(List.of(1L, 3L), published().stream().map(Progress::getRunSteps).toList());
  }

  @Test
  void sendsAtOnceWhatProducersWaitFor() throws Exception {
    AtomicLong stopped = new AtomicLong();
    try (RunPublisher publisher = RunPublisher.open(connection, "run", stopped::get)) {
      for (int version = 1; version <= 3; version++) {
        long made = version;
        publisher.publish(
            Publication.of(requiring(version, 100L * version)).withPolicy(() -> policy(made)));
        publisher.flush();
      }
      publisher.publish(Publication.of(requiring(3, 400)));
      publisher.publish(Publication.of(requiring(3, 500)));
    }
    // What nobody waits for has waited for the end, merged.
    assertEquals(
        List.of(100L, 200L, 300L, 500L), published().stream().map(Progress::getRunSteps).toList());
  }

  @Test
  void requiresNothingNewWhereTheGenerationBeforeEnded() throws Exception {
    AtomicLong stopped = new AtomicLong();
    try (RunPublisher first = RunPublisher.open(connection, "run", stopped::get)) {
      first.publish(Publication.of(requiring(7, 1)));
    }
    RunPublisher second = RunPublisher.open(connection, "run", stopped::get);
    second.publish(Publication.of(requiring(7, 2)));
    second.flush();
    second.publish(Publication.of(requiring(7, 3)));
    second.publish(Publication.of(requiring(7, 4)));
    second.close();
    assertEquals(List.of(1L, 2L, 4L), published().stream().map(Progress::getRunSteps).toList());
  }

  @Test
  void makesACheckpointWithItsOrdinalAndTheVersionsOfItsTransaction() throws Exception {
    AtomicInteger made = new AtomicInteger();
    AtomicLong stopped = new AtomicLong();
    try (RunPublisher publisher = RunPublisher.open(connection, "run", stopped::get)) {
      publisher.publish(Publication.of(progress(1)));
      publisher.flush();
      // Neither is sent: a newer one comes before their time.
      for (int i = 1; i <= 2; i++) {
        publisher.publish(
            Publication.of(progress(2))
                .withCheckpoint(
                    () -> {
                      throw new AssertionError("made though a newer one had replaced it");
                    }));
      }
      publisher.publish(
          Publication.of(progress(3))
              .withPolicy(() -> policy(5))
              .with(snapshot(4))
              .withCheckpoint(
                  () -> {
                    made.incrementAndGet();
                    assertEquals("relive-publish", Thread.currentThread().getName());
                    return CheckpointState.newBuilder()
                        .setProgressed(CheckpointState.Progressed.newBuilder().setRunSteps(3))
                        .build();
                  }));
    }
    List<Progress> published = published();
    assertEquals(List.of(0L, 1L), published.stream().map(Progress::getCheckpointOrdinal).toList());
    assertEquals(1, made.get());
    assertEquals(
        CheckpointState.newBuilder()
            .setRun("run")
            .setOrdinal(1)
            .setGeneration(1)
            .setProgressed(
                CheckpointState.Progressed.newBuilder()
                    .setRunSteps(3)
                    .setPolicyVersion(5)
                    .setSnapshotVersion(4))
            .build(),
        Checkpoints.newest(connection, published.get(1)).orElseThrow());
  }

  @Test
  void anErrorInMakingAPolicyEndsThePublishing() throws Exception {
    RunPublisher publisher = RunPublisher.open(connection, "run");
    publisher.publish(
        Publication.of(progress(1))
            .withPolicy(
                () -> {
                  throw new NoClassDefFoundError("a library is missing");
                }));
    LogException failure = assertThrows(LogException.class, publisher::flush);
    assertEquals("Publishing run run failed: a library is missing.", failure.getMessage());
    assertThrows(LogException.class, publisher::close);
  }

  @Test
  void writesTheRunsStateWithTheRest() throws Exception {
    RunPublisher publisher = RunPublisher.open(connection, "run");
    try (RunRegistry registry = new RunRegistry(connection)) {
      registry.create(RunSpec.newBuilder().setRun("run").build());
      publisher.publish(Publication.of(progress(1)).with(state(RunPhase.ACTIVE)));
      publisher.flush();
      Run active = registry.onlyActive();
      assertEquals(
          RunState.newBuilder().setRun("run").setPhase(RunPhase.ACTIVE).setGeneration(1).build(),
          active.state() == null
              ? null
              : active.state().toBuilder().clearMagic().clearCrc32C().build());
      RunPublisher.open(connection, "run").close();
      publisher.publish(Publication.of(progress(2)).with(state(RunPhase.STOPPED)));
      assertThrows(FencedException.class, publisher::flush);
      assertEquals(Run.Phase.ACTIVE, registry.find("run").phase());
    }
    assertThrows(FencedException.class, publisher::close);
  }

  /** Each is taken over while it publishes: the moment falls anywhere in a transaction. */
  @Test
  void everyZombieEndsFencedAndItsSuccessorKnowsWhatItCommittedLast() throws Exception {
    RunPublisher learner = RunPublisher.open(connection, "run", ever());
    for (int takeover = 1; takeover <= 15; takeover++) {
      RunPublisher zombie = learner;
      CountDownLatch publishing = new CountDownLatch(takeover % 4 + 1);
      Thread thread = new Thread(() -> publishUntilFenced(zombie, publishing));
      thread.start();
      publishing.await();
      learner = RunPublisher.open(connection, "run", ever());
      List<Progress> committed = published();
      assertEquals(committed.get(committed.size() - 1), learner.newest().orElseThrow());
      assertEquals(takeover + 1, learner.generation());
      learner.publish(Publication.of(progress(takeover)));
      learner.flush();
      thread.join();
      ExecutionException ended =
          assertThrows(ExecutionException.class, () -> zombie.ended().get(30, TimeUnit.SECONDS));
      assertInstanceOf(FencedException.class, ended.getCause());
    }
    learner.close();
    List<Long> ordinals = published().stream().map(Progress::getOrdinal).toList();
    assertEquals(LongStream.rangeClosed(1, ordinals.size()).boxed().toList(), ordinals);
  }

  private static void publishUntilFenced(RunPublisher zombie, CountDownLatch published) {
    try {
      for (long step = 1; ; step++) {
        long version = step;
        zombie.publish(
            Publication.of(progress(step))
                .withPolicy(() -> policy(version))
                .with(snapshot(version)));
        zombie.flush();
        published.countDown();
      }
    } catch (FencedException e) {
      // As it should; what it committed is compared.
      assertThrows(FencedException.class, zombie::close);
    } catch (InterruptedException e) {
      throw new IllegalStateException(e);
    }
  }

  /** A clock by which it is always time to publish. */
  private static LongSupplier ever() {
    AtomicLong now = new AtomicLong();
    return () -> now.addAndGet(Duration.ofSeconds(1).toNanos());
  }

  @Test
  void sendsEverySnapshotBeforeItCloses() throws Exception {
    AtomicLong stopped = new AtomicLong();
    RunPublisher publisher = RunPublisher.open(connection, "run", stopped::get);
    publisher.publish(Publication.of(progress(0)));
    publisher.flush();
    for (int version = 1; version <= PublicationQueue.MOST_SNAPSHOTS; version++) {
      publisher.publish(Publication.of(progress(version)).with(snapshot(version)));
    }
    publisher.close();
    assertEquals(
        List.of(0L, 1L, 2L, 3L, 4L),
        published().stream().map(Progress::getSnapshotVersion).toList());
    assertTrue(publisher.ended().isDone());
    assertThrows(IllegalStateException.class, () -> publisher.publish(Publication.of(progress(9))));
  }

  @Test
  void makesTheLearnerWaitWhileTooManySnapshotsDo() throws Exception {
    AtomicLong now = new AtomicLong();
    RunPublisher publisher = RunPublisher.open(connection, "run", now::get);
    publisher.publish(Publication.of(progress(0)));
    publisher.flush();
    Thread learner =
        new Thread(
            () -> {
              try {
                for (int version = 1; version <= 10; version++) {
                  publisher.publish(Publication.of(progress(version)).with(snapshot(version)));
                }
              } catch (InterruptedException e) {
                throw new IllegalStateException(e);
              }
            });
    learner.start();
    while (learner.getState() != Thread.State.WAITING) {
      Thread.onSpinWait();
    }
    assertEquals(1, publisher.counters().transactions());
    while (learner.isAlive()) {
      now.addAndGet(Duration.ofMillis(50).toNanos());
      learner.join(1);
    }
    publisher.close();
    assertEquals(10, publisher.counters().snapshots());
    assertEquals(11, published().size());
  }

  private ByteBuffer at(Position position, String key) {
    return read(position.getTopic(), position.getPartition()).stream()
        .filter(record -> record.offset() == position.getOffset())
        .filter(record -> UTF_8.decode(record.key().duplicate()).toString().equals(key))
        .findFirst()
        .orElseThrow()
        .value();
  }

  private List<Progress> published() throws RejectedRecordException {
    List<Progress> published = new ArrayList<>();
    for (ConsumerRecord<ByteBuffer, ByteBuffer> record : read(topics.progress().name(), 0)) {
      Progress progress = RecordCodec.PROGRESS.decode(record.value());
      published.add(progress);
    }
    return published;
  }

  private List<ConsumerRecord<ByteBuffer, ByteBuffer>> read(String topic, int partition) {
    List<ConsumerRecord<ByteBuffer, ByteBuffer>> records = new ArrayList<>();
    try (KafkaConsumer<ByteBuffer, ByteBuffer> consumer =
        connection.consumer(IsolationLevel.READ_COMMITTED)) {
      TopicPartition place = new TopicPartition(topic, partition);
      PartitionScan scan = new PartitionScan(consumer, place);
      scan.read(scan.begin(), PartitionScan.logEnd(connection, place), records::add);
    }
    return records;
  }

  private static Progress progress(long steps) {
    return Progress.newBuilder().setRunSteps(steps).build();
  }

  private static Progress requiring(long version, long steps) {
    return progress(steps).toBuilder().setRequiredPolicyVersion(version).build();
  }

  private static RunState state(RunPhase phase) {
    return RunState.newBuilder().setPhase(phase).build();
  }

  private static Policy policy(long version) {
    return Policy.newBuilder().setRun("run").setVersion(version).build();
  }

  private static Snapshot snapshot(long version) {
    return Snapshot.newBuilder().setRun("run").setVersion(version).build();
  }
}
