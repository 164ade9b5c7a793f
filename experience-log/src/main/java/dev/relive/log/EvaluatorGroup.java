package dev.relive.log;

import dev.relive.log.wire.Evaluation;
import dev.relive.log.wire.Position;
import dev.relive.log.wire.Progress;
import dev.relive.log.wire.RunSpec;
import dev.relive.log.wire.RunVerdict;
import dev.relive.log.wire.Snapshot;
import dev.relive.log.wire.SnapshotReason;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.atomic.LongAdder;
import java.util.function.Supplier;
import org.apache.kafka.clients.consumer.CloseOptions;
import org.apache.kafka.clients.consumer.ConsumerRebalanceListener;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.clients.consumer.OffsetAndMetadata;
import org.apache.kafka.common.IsolationLevel;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.errors.InterruptException;
import org.apache.kafka.common.errors.TimeoutException;
import org.jspecify.annotations.Nullable;

/**
 * The evaluators of a run, as one of them sees them: a consumer group, of which the member that
 * Kafka gives the run's partition of the snapshots evaluates them, and the others stand by.
 *
 * <p>What a snapshot's evaluation found is committed together with the group's offset, so it is in
 * the log once, whoever dies when. The calls of one thread carry the membership: another joins only
 * between two of them, and takes over when the process is gone, not when it is busy.
 */
public final class EvaluatorGroup implements AutoCloseable {
  private static final Duration CLOSE = Duration.ofSeconds(1);
  private static final int MOST_FAILURES = 4;

  private final LogConnection connection;
  private final RunSpec run;
  private final KafkaConsumer<ByteBuffer, ByteBuffer> consumer;
  private final ClientObserver.Observation observation;
  private final TopicPartition partition;
  private final RunRecords<Snapshot> records;
  private @Nullable EvaluationTransactions transactions;
  private @Nullable Found<Snapshot> newest;
  private @Nullable Found<Snapshot> given;
  private int failures;
  private final LongAdder skipped = new LongAdder();
  private volatile boolean active;

  private EvaluatorGroup(
      LogConnection connection, RunSpec run, KafkaConsumer<ByteBuffer, ByteBuffer> consumer) {
    this.connection = connection;
    this.run = run;
    this.consumer = consumer;
    String topic = connection.topics().snapshots().name();
    int partitions = consumer.partitionsFor(topic).size();
    partition = new TopicPartition(topic, RunPartition.of(run.getRun(), partitions));
    records =
        RunRecords.keyedUnderRun(
            run.getRun(), RecordCodec.SNAPSHOT, Snapshot::getRun, new RejectionCounters());
    observation = connection.observer().opened(consumer);
  }

  /**
   * Joins with the first {@link #poll}; the topics must exist.
   *
   * @throws LogException if the broker does not answer
   */
  public static EvaluatorGroup join(LogConnection connection, RunSpec run) {
    KafkaConsumer<ByteBuffer, ByteBuffer> consumer =
        connection.groupConsumer(id(connection, run.getRun()));
    try {
      EvaluatorGroup joined = new EvaluatorGroup(connection, run, consumer);
      consumer.subscribe(List.of(joined.partition.topic()), joined.new Membership());
      return joined;
    } catch (KafkaException e) {
      consumer.close(CloseOptions.timeout(Duration.ZERO));
      throw LogException.during("Joining the evaluators of run " + run.getRun(), e);
    }
  }

  /** The name of the group in Kafka. */
  static String id(LogConnection connection, String run) {
    return "relive-%s-%s/evaluators".formatted(connection.prefix(), run);
  }

  /**
   * Waits for a snapshot to evaluate: the newest there is, or a final one on the way to it, since
   * those are never skipped; in a deterministic run the next.
   *
   * @return null when there is none yet, or another evaluator has the run
   * @throws LogException when they cannot be read
   */
  public @Nullable Snapshot poll(Duration timeout) throws InterruptedException {
    return reading(
        () -> {
          take(timeout);
          if (newest != null && !run.getDeterministic()) {
            long end = consumer.endOffsets(Set.of(partition)).getOrDefault(partition, 0L);
            while (newest != null && !isFinal(newest) && consumer.position(partition) < end) {
              take(timeout);
            }
          }
          given = newest;
          newest = null;
          return given == null ? null : given.value();
        });
  }

  private static boolean isFinal(Found<Snapshot> snapshot) {
    return snapshot.value().getReason() == SnapshotReason.FINAL;
  }

  private void take(Duration timeout) {
    for (ConsumerRecord<ByteBuffer, ByteBuffer> record : consumer.poll(timeout)) {
      Snapshot snapshot = records.decode(record);
      if (snapshot != null) {
        skipped.add(newest == null ? 0 : 1);
        newest = new Found<>(record.offset(), snapshot);
      }
    }
  }

  /**
   * Commits what was found of the snapshot that {@link #poll} gave last, and that the group is past
   * it.
   *
   * @param found none where the snapshot is of no use
   * @param verdict what follows from it; null for nothing
   * @return false when nothing is committed, because another evaluator has the run or the log did
   *     not answer; whoever has the run then gets the snapshot again
   * @throws LogException when it failed several times
   */
  public boolean commit(List<Evaluation> found, @Nullable RunVerdict verdict)
      throws InterruptedException {
    if (given == null || transactions == null) {
      throw new IllegalStateException("There is no snapshot of which something could be found.");
    }
    OffsetAndMetadata passed = new OffsetAndMetadata(given.offset() + 1);
    given = null;
    try {
      transactions.commit(found, verdict, Map.of(partition, passed), consumer.groupMetadata());
      failures = 0;
      return true;
    } catch (InterruptException e) {
      throw interrupted(e);
    } catch (KafkaException e) {
      failures++;
      if (failures > MOST_FAILURES || KafkaRefusal.isIn(e)) {
        throw LogException.during("Writing evaluations of run " + run.getRun(), e);
      }
      // The group decides who goes on, and the log tells what was committed.
      release();
      consumer.enforceRebalance("an evaluation could not be committed");
      return false;
    }
  }

  /** Whether the group is past a record of the run, by what is committed. */
  public boolean isPast(Position position) throws InterruptedException {
    return reading(
        () -> {
          try {
            OffsetAndMetadata committed =
                consumer.committed(Set.of(partition), CLOSE).get(partition);
            return committed != null && committed.offset() > position.getOffset();
          } catch (TimeoutException e) {
            // A transaction of an evaluator that died is still open.
            return false;
          }
        });
  }

  /** Whether this is the evaluator that has the run; may be asked by any thread. */
  public boolean isActive() {
    return active;
  }

  /** Snapshots that this evaluator passed over for newer ones; may be asked by any thread. */
  public long skipped() {
    return skipped.sum();
  }

  private <T extends @Nullable Object> T reading(Supplier<T> work) throws InterruptedException {
    try {
      return work.get();
    } catch (InterruptException e) {
      throw interrupted(e);
    } catch (KafkaException e) {
      // What a listener throws comes wrapped.
      Throwable cause = e.getCause() instanceof LogException ours ? ours : e;
      throw LogException.during("Reading the snapshots of run " + run.getRun(), cause);
    }
  }

  private static InterruptedException interrupted(InterruptException e) {
    Thread.interrupted();
    InterruptedException interrupted = new InterruptedException(e.getMessage());
    interrupted.initCause(e);
    return interrupted;
  }

  private void release() {
    active = false;
    newest = null;
    if (transactions != null) {
      transactions.close();
      transactions = null;
    }
  }

  /** Leaves the group at once, so that another need not wait for this one to be missed. */
  @Override
  public void close() {
    boolean interrupted = Thread.interrupted();
    release();
    observation.close();
    consumer.close(CloseOptions.timeout(CLOSE));
    if (interrupted) {
      Thread.currentThread().interrupt();
    }
  }

  /** Takes the run when Kafka gives it and lets it go when Kafka takes it. */
  private final class Membership implements ConsumerRebalanceListener {
    @Override
    public void onPartitionsAssigned(Collection<TopicPartition> assigned) {
      for (TopicPartition each : assigned) {
        if (each.equals(partition)) {
          takeOver();
        } else {
          // Other runs' snapshots are nothing to read; every partition must have a position.
          consumer.seek(each, 0);
          consumer.pause(Set.of(each));
        }
      }
    }

    /** Fences first: what the evaluator before committed is complete only then. */
    private void takeOver() {
      try {
        transactions = EvaluationTransactions.open(connection, run.getRun());
        OffsetAndMetadata committed = consumer.committed(Set.of(partition)).get(partition);
        consumer.seek(partition, committed == null ? start() : committed.offset());
        active = true;
      } catch (KafkaException e) {
        throw e instanceof InterruptException
            ? e
            : LogException.during(
                "Taking over the evaluation of run %s with the transactional id %s"
                    .formatted(run.getRun(), EvaluationTransactions.id(connection, run.getRun())),
                e);
      }
    }

    /** Where the first evaluator of the run begins. */
    private long start() {
      if (run.getDeterministic()) {
        return consumer.beginningOffsets(Set.of(partition)).getOrDefault(partition, 0L);
      }
      long end = consumer.endOffsets(Set.of(partition)).getOrDefault(partition, 0L);
      // A commit reaches the topics one after the other: the first snapshot can be there before the
      // Progress that names it is committed. It was written before, though.
      return newestSnapshot(IsolationLevel.READ_COMMITTED)
          .or(() -> newestSnapshot(IsolationLevel.READ_UNCOMMITTED))
          .map(Position::getOffset)
          .orElse(end);
    }

    private Optional<Position> newestSnapshot(IsolationLevel isolation) {
      return Optional.ofNullable(RunPublisher.newestProgress(connection, run.getRun(), isolation))
          .filter(Progress::hasSnapshot)
          .map(Progress::getSnapshot);
    }

    @Override
    public void onPartitionsRevoked(Collection<TopicPartition> revoked) {
      release();
    }
  }
}
