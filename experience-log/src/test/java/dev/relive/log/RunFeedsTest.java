package dev.relive.log;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.relive.log.wire.Evaluation;
import dev.relive.log.wire.Policy;
import dev.relive.log.wire.Progress;
import dev.relive.log.wire.Snapshot;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ExecutionException;
import java.util.stream.LongStream;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.junit.jupiter.api.Test;
import reactor.core.publisher.Flux;
import reactor.test.StepVerifier;

class RunFeedsTest {
  private static final Duration SOON = Duration.ofSeconds(30);

  private final LogConnection connection = TestLog.connection(TopicCatalogue::shared);
  private final TopicCatalogue topics = connection.topics();
  private final RunFeeds feeds = new RunFeeds(connection);

  @Test
  void givesTheNewestPolicyThenNewerOnes() {
    write(List.of(policy("a", 1), policy("a", 2)));
    // Deeper than the first look back.
    writePolicies("b", 1, 100);
    StepVerifier.create(feeds.policies("a").map(Policy::getVersion))
        .expectNext(2L)
        .then(() -> write(List.of(policy("b", 101), policy("a", 3))))
        .expectNext(3L)
        .thenCancel()
        .verify(SOON);
  }

  @Test
  void givesASlowSubscriberOnlyTheNewest() {
    write(policy("a", 1));
    StepVerifier.create(feeds.policies("a").map(Policy::getVersion), 0)
        .thenRequest(1)
        .expectNext(1L)
        .then(() -> writePolicies("a", 2, 200))
        .then(() -> awaitFeedCaughtUp())
        .thenRequest(1)
        .expectNext(200L)
        .thenCancel()
        .verify(SOON);
  }

  /** Returns when the feed has read all that was written, and offered it to its subscriber. */
  private void awaitFeedCaughtUp() {
    // It offers what it has before it fetches again, so the second stray comes after the offer.
    for (int stray = 1; stray <= 2; stray++) {
      write(TestLog.record(topics.policies(), "a", new byte[] {1}));
      long rejected = stray;
      Flux.interval(Duration.ofMillis(2))
          .filter(tick -> feeds.rejected().total() == rejected)
          .blockFirst(SOON);
    }
  }

  @Test
  void showsNothingThatIsNotCommitted() {
    write(progress("a", 1));
    try (KafkaProducer<byte[], byte[]> learner =
        connection.transactionalProducer("t-" + connection.prefix(), SOON)) {
      learner.initTransactions();
      learner.beginTransaction();
      var unused = learner.send(progress("a", 2));
      learner.flush();
      StepVerifier.create(feeds.progress("a").map(Progress::getOrdinal))
          .expectNext(1L)
          .then(learner::abortTransaction)
          .then(
              () -> {
                learner.beginTransaction();
                var unused2 = learner.send(progress("a", 3));
                Transactions.commit(learner);
              })
          .expectNext(3L)
          .thenCancel()
          .verify(SOON);
    }
  }

  @Test
  void givesEverySnapshotFromAVersionOn() {
    write(List.of(snapshot("a", 1), snapshot("a", 5), snapshot("b", 9), snapshot("a", 8)));
    StepVerifier.create(feeds.snapshots("a", 4).map(Snapshot::getVersion))
        .expectNext(5L, 8L)
        .then(() -> write(List.of(snapshot("b", 10), snapshot("a", 9))))
        .expectNext(9L)
        .thenCancel()
        .verify(SOON);
  }

  @Test
  void givesEveryEvaluationOfARun() {
    write(List.of(evaluation("a", 1), evaluation("b", 2)));
    StepVerifier.create(feeds.evaluations("a").map(Evaluation::getVersion))
        .expectNext(1L)
        .then(() -> write(evaluation("a", 3)))
        .expectNext(3L)
        .thenCancel()
        .verify(SOON);
  }

  @Test
  void skipsAndCountsWhatItCannotUse() {
    byte[] ofAnother =
        RecordCodec.POLICY.encode(Policy.newBuilder().setRun("b").setVersion(9).build());
    write(
        List.of(
            policy("a", 1),
            TestLog.record(topics.policies(), "a", new byte[] {1}),
            TestLog.record(topics.policies(), "a", ofAnother)));
    StepVerifier.create(feeds.policies("a").map(Policy::getVersion))
        .expectNext(1L)
        .thenCancel()
        .verify(SOON);
    assertEquals(1, feeds.rejected().count(RejectionReason.FOREIGN));
    assertEquals(1, feeds.rejected().count(RejectionReason.INVALID));
  }

  @Test
  void putsARunsRecordsIntoTheKeysPartition() {
    // Where Kafka's default partitioner puts them, by a producer that decides nothing itself.
    List<Integer> partitions = new ArrayList<>();
    try (KafkaProducer<byte[], byte[]> producer = connection.promptProducer(SOON)) {
      for (String run : List.of("a", "b", "run-17", "é")) {
        byte[] key = run.getBytes(UTF_8);
        partitions.add(
            producer
                .send(new ProducerRecord<>(topics.snapshots().name(), key, new byte[0]))
                .get()
                .partition());
        assertEquals(
            RunPartition.of(run, topics.snapshots().partitions()),
            partitions.get(partitions.size() - 1));
      }
    } catch (InterruptedException | ExecutionException e) {
      throw new IllegalStateException(e);
    }
    assertTrue(partitions.stream().distinct().count() > 1, partitions::toString);
  }

  private void writePolicies(String run, long from, long to) {
    write(LongStream.rangeClosed(from, to).mapToObj(version -> policy(run, version)).toList());
  }

  private void write(ProducerRecord<byte[], byte[]> record) {
    write(List.of(record));
  }

  private void write(List<ProducerRecord<byte[], byte[]>> records) {
    TestLog.write(connection, records);
  }

  private ProducerRecord<byte[], byte[]> policy(String run, long version) {
    return TestLog.record(
        topics.policies(),
        run,
        RecordCodec.POLICY.encode(Policy.newBuilder().setRun(run).setVersion(version).build()));
  }

  private ProducerRecord<byte[], byte[]> progress(String run, long ordinal) {
    return TestLog.record(
        topics.progress(),
        run,
        RecordCodec.PROGRESS.encode(Progress.newBuilder().setRun(run).setOrdinal(ordinal).build()));
  }

  private ProducerRecord<byte[], byte[]> snapshot(String run, long version) {
    Topic topic = topics.snapshots();
    return new ProducerRecord<>(
        topic.name(),
        RunPartition.of(run, topic.partitions()),
        (run + "/" + version).getBytes(UTF_8),
        RecordCodec.SNAPSHOT.encode(Snapshot.newBuilder().setRun(run).setVersion(version).build()));
  }

  private ProducerRecord<byte[], byte[]> evaluation(String run, long version) {
    return TestLog.record(
        topics.evaluations(),
        run,
        RecordCodec.EVALUATION.encode(
            Evaluation.newBuilder().setRun(run).setVersion(version).build()));
  }
}
