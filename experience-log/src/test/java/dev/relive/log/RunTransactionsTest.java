package dev.relive.log;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertThrows;

import dev.relive.broker.BrokerConfig;
import dev.relive.broker.EmbeddedBroker;
import dev.relive.log.wire.Policy;
import dev.relive.log.wire.Progress;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicReference;
import java.util.concurrent.locks.LockSupport;
import org.apache.kafka.clients.consumer.ConsumerInterceptor;
import org.apache.kafka.clients.consumer.ConsumerRecords;
import org.apache.kafka.clients.consumer.OffsetAndMetadata;
import org.apache.kafka.clients.producer.ProducerConfig;
import org.apache.kafka.clients.producer.ProducerInterceptor;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.clients.producer.RecordMetadata;
import org.apache.kafka.common.TopicPartition;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * A learner whose transaction lasts longer than Kafka allows: it hangs, as when its process is
 * stopped or its machine sleeps, or the broker is away.
 */
class RunTransactionsTest {
  private static final Duration LIMIT = Duration.ofSeconds(2);

  /** What is done, once, before Kafka takes a transaction's Progress, or before its commit. */
  private static final AtomicReference<@Nullable Runnable> BEFORE_PROGRESS =
      new AtomicReference<>();

  private static final AtomicReference<@Nullable Runnable> BEFORE_COMMIT = new AtomicReference<>();

  private final LogConnection connection = TestLog.connection(TopicCatalogue::shared);

  /** Kafka's clients tell it of every record. */
  public static final class Hanging
      implements ProducerInterceptor<byte[], byte[]>, ConsumerInterceptor<byte[], byte[]> {
    private static final String PROGRESS = ".progress";

    @Override
    public ProducerRecord<byte[], byte[]> onSend(ProducerRecord<byte[], byte[]> record) {
      if (record.topic().endsWith(PROGRESS)) {
        hang(BEFORE_PROGRESS);
      }
      return record;
    }

    /** Called on the thread that sends, so that nothing else is sent meanwhile. */
    @Override
    public void onAcknowledgement(RecordMetadata metadata, @Nullable Exception failure) {
      if (failure == null && metadata.topic().endsWith(PROGRESS)) {
        hang(BEFORE_COMMIT);
      }
    }

    private static void hang(AtomicReference<@Nullable Runnable> moment) {
      Runnable hanging = moment.getAndSet(null);
      if (hanging != null) {
        hanging.run();
      }
    }

    @Override
    public ConsumerRecords<byte[], byte[]> onConsume(ConsumerRecords<byte[], byte[]> records) {
      return records;
    }

    @Override
    public void onCommit(Map<TopicPartition, OffsetAndMetadata> offsets) {}

    @Override
    public void configure(Map<String, ?> settings) {}

    @Override
    public void close() {}
  }

  @ParameterizedTest
  @ValueSource(booleans = {false, true})
  void goesOnWhereNobodyHasTakenOver(boolean beforeCommit) throws Exception {
    LearnerPlace place = place("hung-" + beforeCommit);
    try (RunTransactions learner = RunTransactions.open(place, new PublisherCounters())) {
      learner.startFrom(null);
      learner.commit(publication(1));
      moment(beforeCommit).set(() -> awaitAbortion(place));
      assertEquals(2, learner.commit(publication(2)).getOrdinal());
      assertEquals(3, learner.commit(publication(3)).getOrdinal());
    }
    assertNull(moment(beforeCommit).get());
    Progress newest = newest(place);
    while (newest.getOrdinal() < 3) { // A commit is answered before everyone sees it.
      newest = newest(place);
    }
    assertEquals(List.of(1L, 3L), List.of(newest.getGeneration(), newest.getOrdinal()));
  }

  @ParameterizedTest
  @ValueSource(booleans = {false, true})
  void endsWhereAnotherHasTakenOver(boolean beforeCommit) throws Exception {
    LearnerPlace place = place("replaced-" + beforeCommit);
    try (RunTransactions zombie = RunTransactions.open(place, new PublisherCounters())) {
      zombie.startFrom(null);
      zombie.commit(publication(1));
      moment(beforeCommit)
          .set(
              () -> {
                awaitAbortion(place);
                RunTransactions.open(place, new PublisherCounters()).close();
              });
      assertThrows(FencedException.class, () -> zombie.commit(publication(2)));
    }
    assertNull(moment(beforeCommit).get());
    assertEquals(1, newest(place).getOrdinal());
  }

  @Test
  void goesOnWhenTheBrokerWasAwayForLong() throws Exception {
    EmbeddedBroker first = TestLog.newBroker();
    BrokerConfig same = new BrokerConfig(first.directory(), first.address().port());
    LogConnection restarted = LogConnection.to(first.bootstrapServers());
    TestLog.create(restarted, restarted.topics().shared());
    LearnerPlace place = new LearnerPlace(restarted, "run", LIMIT);
    try (RunTransactions learner = RunTransactions.open(place, new PublisherCounters())) {
      learner.startFrom(null);
      learner.commit(publication(1));
      first.close();
      CompletableFuture<EmbeddedBroker> second =
          CompletableFuture.supplyAsync(
              () -> EmbeddedBroker.start(same),
              CompletableFuture.delayedExecutor(LIMIT.toMillis() + 500, TimeUnit.MILLISECONDS));
      try {
        assertEquals(2, learner.commit(publication(2)).getOrdinal());
      } finally {
        second.join().close();
      }
    }
  }

  private static AtomicReference<@Nullable Runnable> moment(boolean beforeCommit) {
    return beforeCommit ? BEFORE_COMMIT : BEFORE_PROGRESS;
  }

  private LearnerPlace place(String run) {
    return new LearnerPlace(
        new LogConnection(
            connection.bootstrapServers(),
            connection.prefix(),
            Map.of(ProducerConfig.INTERCEPTOR_CLASSES_CONFIG, Hanging.class.getName())),
        run,
        LIMIT);
  }

  private static void awaitAbortion(LearnerPlace place) {
    while (!place.isLeft(1)) {
      LockSupport.parkNanos(Duration.ofMillis(20).toNanos());
    }
  }

  private static Progress newest(LearnerPlace place) {
    Progress newest = RunPublisher.committedProgress(place.connection(), place.run());
    assertNotNull(newest);
    return newest;
  }

  private static Publication publication(long version) {
    return Publication.of(Progress.newBuilder().setRunSteps(version).build())
        .withPolicy(() -> Policy.newBuilder().setRun("run").setVersion(version).build());
  }
}
