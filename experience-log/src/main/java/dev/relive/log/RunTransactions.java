package dev.relive.log;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.relive.log.wire.CheckpointState;
import dev.relive.log.wire.Policy;
import dev.relive.log.wire.Position;
import dev.relive.log.wire.Progress;
import dev.relive.log.wire.RunState;
import dev.relive.log.wire.Snapshot;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Future;
import java.util.function.Supplier;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.clients.producer.RecordMetadata;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.errors.ProducerFencedException;
import org.apache.kafka.common.errors.TimeoutException;
import org.jspecify.annotations.Nullable;

/** Commits publications of one run, each as one transaction that ends in its Progress. */
final class RunTransactions implements AutoCloseable {
  private static final Duration TRANSACTION_TIMEOUT = Duration.ofSeconds(15);
  private static final int MOST_ATTEMPTS = 4;

  private final TopicCatalogue topics;
  private final String run;
  private final KafkaProducer<byte[], byte[]> producer;
  private final PublisherCounters counters;
  private final ClientObserver.Observation observation;
  private int snapshotPartition;
  private int checkpointPartition;

  /** What Progress says of everything published before; the next one starts from it. */
  private Progress published = Progress.getDefaultInstance();

  private RunTransactions(
      LogConnection connection,
      String run,
      KafkaProducer<byte[], byte[]> producer,
      PublisherCounters counters) {
    this.topics = connection.topics();
    this.run = run;
    this.producer = producer;
    this.counters = counters;
    this.observation = connection.observer().opened(producer);
  }

  /**
   * Fences every older learner of the run; from then on what is committed stays as it is.
   *
   * @throws LogException if the broker does not answer
   */
  static RunTransactions open(LogConnection connection, String run, PublisherCounters counters) {
    String id = "relive-%s-%s".formatted(connection.prefix(), run);
    RunTransactions opened =
        new RunTransactions(
            connection, run, connection.transactionalProducer(id, TRANSACTION_TIMEOUT), counters);
    try {
      opened.producer.initTransactions();
      opened.snapshotPartition = opened.partitionIn(opened.topics.snapshots());
      opened.checkpointPartition = opened.partitionIn(opened.topics.checkpoints());
      return opened;
    } catch (KafkaException e) {
      opened.close();
      throw LogException.during("Taking over the publishing of run " + run, e);
    }
  }

  private int partitionIn(Topic topic) {
    return RunPartition.of(run, producer.partitionsFor(topic.name()).size());
  }

  /** Goes on from the newest committed Progress, as the next generation. */
  void startFrom(@Nullable Progress newest) {
    Progress base = newest == null ? Progress.getDefaultInstance() : newest;
    published = base.toBuilder().setRun(run).setGeneration(base.getGeneration() + 1).build();
  }

  long generation() {
    return published.getGeneration();
  }

  /**
   * Commits a publication and returns its Progress.
   *
   * @throws FencedException if a newer learner of the run has begun
   * @throws LogException if it could not be committed in several attempts
   */
  Progress commit(Publication publication) throws InterruptedException {
    Encoded encoded = new Encoded(publication);
    for (int attempt = 1; ; attempt++) {
      long began = System.nanoTime();
      try {
        producer.beginTransaction();
        Progress progress = send(encoded);
        commitTransaction();
        count(publication, System.nanoTime() - began);
        published = progress;
        return progress;
      } catch (ProducerFencedException e) {
        throw new FencedException(run, e);
      } catch (KafkaException | ExecutionException e) {
        abort(e);
        if (attempt == MOST_ATTEMPTS) {
          throw LogException.during("Publishing run " + run, cause(e));
        }
        counters.retries.increment();
      }
    }
  }

  /** The publication's records, made before the transaction begins. */
  private final class Encoded {
    private final Publication publication;
    private final long policyVersion;
    private final @Nullable ProducerRecord<byte[], byte[]> policy;
    private final @Nullable ProducerRecord<byte[], byte[]> snapshot;
    private final List<ProducerRecord<byte[], byte[]>> checkpoint;
    private final @Nullable ProducerRecord<byte[], byte[]> state;

    Encoded(Publication publication) {
      this.publication = publication;
      Policy newPolicy = publication.policy() == null ? null : publication.policy().get();
      policyVersion = newPolicy == null ? 0 : newPolicy.getVersion();
      policy =
          newPolicy == null
              ? null
              : record(topics.policies(), 0, run, RecordCodec.POLICY.encode(newPolicy));
      Snapshot newSnapshot = publication.snapshot();
      snapshot =
          newSnapshot == null
              ? null
              : record(
                  topics.snapshots(),
                  snapshotPartition,
                  run + "/" + newSnapshot.getVersion(),
                  RecordCodec.SNAPSHOT.encode(newSnapshot));
      checkpoint = publication.checkpoint() == null ? List.of() : parts(publication.checkpoint());
      RunState newState = publication.state();
      state =
          newState == null
              ? null
              : record(
                  topics.runs(),
                  0,
                  run + "/state",
                  RecordCodec.RUN_STATE.encode(
                      newState.toBuilder().setRun(run).setGeneration(generation()).build()));
    }

    private List<ProducerRecord<byte[], byte[]>> parts(Supplier<CheckpointState> made) {
      CheckpointState checkpointed =
          made.get().toBuilder()
              .setRun(run)
              .setGeneration(generation())
              .setOrdinal(published.getCheckpointOrdinal() + 1)
              .build();
      return Checkpoints.split(checkpointed).stream()
          .map(
              part ->
                  record(
                      topics.checkpoints(),
                      checkpointPartition,
                      run + "/" + part.getPart(),
                      RecordCodec.CHECKPOINT_PART.encode(part)))
          .toList();
    }
  }

  /** Sends everything, then the Progress that says where it stands. */
  private Progress send(Encoded encoded) throws ExecutionException, InterruptedException {
    Future<RecordMetadata> policy = send(encoded.policy);
    Future<RecordMetadata> snapshot = send(encoded.snapshot);
    List<Future<RecordMetadata>> parts = new ArrayList<>();
    for (ProducerRecord<byte[], byte[]> part : encoded.checkpoint) {
      parts.add(producer.send(part));
    }
    Publication publication = encoded.publication;
    Progress.Builder progress =
        publication.progress().toBuilder()
            .setRun(run)
            .setGeneration(published.getGeneration())
            .setOrdinal(published.getOrdinal() + 1)
            .setPolicyVersion(published.getPolicyVersion())
            .setSnapshotVersion(published.getSnapshotVersion())
            .setCheckpointOrdinal(published.getCheckpointOrdinal());
    copyPositions(progress);
    if (policy != null) {
      progress.setPolicyVersion(encoded.policyVersion).setPolicy(position(policy));
    }
    if (snapshot != null && publication.snapshot() != null) {
      progress
          .setSnapshotVersion(publication.snapshot().getVersion())
          .setSnapshot(position(snapshot));
    }
    if (!parts.isEmpty()) {
      progress
          .setCheckpointOrdinal(published.getCheckpointOrdinal() + 1)
          .setCheckpoint(position(parts.get(0)));
    }
    var unusedState = send(encoded.state);
    Progress built = progress.build();
    var unused =
        producer.send(record(topics.progress(), 0, run, RecordCodec.PROGRESS.encode(built)));
    return built;
  }

  private void copyPositions(Progress.Builder progress) {
    progress.clearPolicy().clearSnapshot().clearCheckpoint();
    if (published.hasPolicy()) {
      progress.setPolicy(published.getPolicy());
    }
    if (published.hasSnapshot()) {
      progress.setSnapshot(published.getSnapshot());
    }
    if (published.hasCheckpoint()) {
      progress.setCheckpoint(published.getCheckpoint());
    }
  }

  private @Nullable Future<RecordMetadata> send(@Nullable ProducerRecord<byte[], byte[]> record) {
    return record == null ? null : producer.send(record);
  }

  private static Position position(Future<RecordMetadata> sent)
      throws ExecutionException, InterruptedException {
    RecordMetadata metadata = sent.get();
    return Position.newBuilder()
        .setTopic(metadata.topic())
        .setPartition(metadata.partition())
        .setOffset(metadata.offset())
        .build();
  }

  private static ProducerRecord<byte[], byte[]> record(
      Topic topic, int partition, String key, byte[] value) {
    return new ProducerRecord<>(topic.name(), partition, key.getBytes(UTF_8), value);
  }

  /** A commit without an answer is asked for again, which is safe; its outcome stays open else. */
  private void commitTransaction() {
    for (int attempt = 1; ; attempt++) {
      try {
        producer.commitTransaction();
        return;
      } catch (TimeoutException e) {
        if (attempt == MOST_ATTEMPTS) {
          throw new LogException(
              "Publishing run %s ended without an answer from Kafka: its last transaction may or may not be committed."
                  .formatted(run),
              e);
        }
      }
    }
  }

  private void abort(Exception why) {
    try {
      producer.abortTransaction();
    } catch (ProducerFencedException e) {
      throw new FencedException(run, e);
    } catch (KafkaException e) {
      LogException failure = LogException.during("Publishing run " + run, cause(why));
      failure.addSuppressed(e);
      throw failure;
    }
  }

  private static Throwable cause(Exception e) {
    return e instanceof ExecutionException && e.getCause() != null ? e.getCause() : e;
  }

  private void count(Publication publication, long nanos) {
    counters.transactions.increment();
    counters.commitNanos.add(nanos);
    if (publication.policy() != null) {
      counters.policies.increment();
    }
    if (publication.snapshot() != null) {
      counters.snapshots.increment();
    }
    if (publication.checkpoint() != null) {
      counters.checkpoints.increment();
    }
  }

  @Override
  public void close() {
    observation.close();
    producer.close(TRANSACTION_TIMEOUT);
  }
}
