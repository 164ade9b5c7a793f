package dev.relive.log;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.relive.log.wire.CheckpointPart;
import dev.relive.log.wire.CheckpointState;
import dev.relive.log.wire.Position;
import dev.relive.log.wire.Progress;
import dev.relive.log.wire.RunPhase;
import dev.relive.log.wire.RunState;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Future;
import org.apache.kafka.clients.producer.Producer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.clients.producer.RecordMetadata;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.TopicPartition;
import org.jspecify.annotations.Nullable;

/**
 * What an imported run's learner left, written as the learner wrote it: in one transaction that
 * ends in its Progress, and with the places that things have in this log.
 */
final class ImportedLearner {
  private static final Duration TRANSACTION_TIMEOUT = Duration.ofSeconds(15);

  private final LogConnection connection;
  private final ArchiveHead head;
  private final ArchivedPlaces segments;
  private final long firstOffset;
  private final @Nullable Position snapshot;

  /**
   * @param segments where those stand that the learner tells of, see {@link #segmentsOf}
   * @param firstOffset where the run begins
   * @param snapshot where the learner's newest stands; null where it has none
   */
  ImportedLearner(
      LogConnection connection,
      ArchiveHead head,
      ArchivedPlaces segments,
      long firstOffset,
      @Nullable Position snapshot) {
    this.connection = connection;
    this.head = head;
    this.segments = segments;
    this.firstOffset = firstOffset;
    this.snapshot = snapshot;
  }

  /** The ordinals of the segments that a learner tells the places of. */
  static long[] segmentsOf(ArchiveHead head) {
    List<Long> ordinals = new ArrayList<>();
    if (head.progress() != null) {
      ordinals.add(head.progress().getSegments() - 1);
    }
    if (head.state() != null) {
      ordinals.add(head.state().getProgressed().getSegments() - 1);
      ordinals.add(head.state().getWindowFirstSegment());
    }
    return ordinals.stream().mapToLong(Long::longValue).toArray();
  }

  /** Where an imported run stands: nobody learns it here, whatever was so elsewhere. */
  static RunState phase(ArchiveHead head) {
    RunState phase = head.phase();
    if (phase == null) {
      return RunState.newBuilder()
          .setRun(head.spec().getRun())
          .setPhase(RunPhase.STOPPED)
          .setSinceMicros(head.spec().getCreatedAtMicros())
          .setReason("It was archived before its learner had begun.")
          .build();
    }
    return phase.getPhase() == RunPhase.ACTIVE
        ? phase.toBuilder()
            .setPhase(RunPhase.STOPPED)
            .setReason("It was archived while it was active.")
            .build()
        : phase;
  }

  /** Writes it. From then on a learner can go on with the run. */
  void write() {
    String run = head.spec().getRun();
    try (Producer<byte[], byte[]> producer =
        connection.transactionalProducer(
            RunTransactions.id(connection.prefix(), run), TRANSACTION_TIMEOUT)) {
      producer.initTransactions();
      producer.beginTransaction();
      send(producer, new RunOutput(run, connection.topics(), producer));
      Transactions.commit(producer);
    } catch (KafkaException e) {
      throw LogException.during("Writing what the learner of run " + run + " left", e);
    } catch (ExecutionException e) {
      throw LogException.during(
          "Writing what the learner of run " + run + " left",
          e.getCause() == null ? e : e.getCause());
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new LogException("Importing run " + run + " was interrupted.", e);
    }
  }

  private void send(Producer<byte[], byte[]> producer, RunOutput output)
      throws ExecutionException, InterruptedException {
    String run = head.spec().getRun();
    Future<RecordMetadata> policy =
        send(producer, connection.topics().policies(), run, head.policy());
    List<Future<RecordMetadata>> parts = new ArrayList<>();
    for (CheckpointPart part : parts()) {
      parts.add(producer.send(output.record(part)));
    }
    var unusedState = producer.send(output.record(phase(head)));
    var unusedVerdict =
        send(producer, connection.topics().runs(), run + "/verdict", head.verdict());
    if (head.progress() != null) {
      Progress.Builder progress = head.progress().toBuilder().clearPolicy().clearSnapshot();
      progress.clearCheckpoint();
      if (policy != null) {
        progress.setPolicy(position(policy));
      }
      if (snapshot != null) {
        progress.setSnapshot(snapshot);
      }
      if (!parts.isEmpty()) {
        progress.setCheckpoint(position(parts.get(0)));
      }
      if (head.progress().hasNextSegment()) {
        progress.setNextSegment(segments.behind(head.progress().getSegments() - 1, firstOffset));
      }
      var unused = producer.send(output.record(progress.build()));
    }
  }

  private static @Nullable Future<RecordMetadata> send(
      Producer<byte[], byte[]> producer, Topic topic, String key, @Nullable ArchivedRecord record) {
    return record == null
        ? null
        : producer.send(new ProducerRecord<>(topic.name(), 0, key.getBytes(UTF_8), record.value()));
  }

  private static Position position(Future<RecordMetadata> sent)
      throws ExecutionException, InterruptedException {
    RecordMetadata metadata = sent.get();
    TopicPartition partition = new TopicPartition(metadata.topic(), metadata.partition());
    return ArchivedPlaces.position(partition, metadata.offset());
  }

  /** The checkpoint with the places of this log; what this program does not know of it stays. */
  private List<CheckpointPart> parts() {
    CheckpointState state = head.state();
    if (state == null) {
      return List.of();
    }
    CheckpointState.Builder here = state.toBuilder();
    if (state.getProgressed().hasNextSegment()) {
      here.getProgressedBuilder()
          .setNextSegment(segments.behind(state.getProgressed().getSegments() - 1, firstOffset));
    }
    if (state.hasWindowStart()) {
      boolean isBehindAll = state.getWindowFirstSegment() >= state.getProgressed().getSegments();
      here.setWindowStart(
          isBehindAll
              ? segments.behind(state.getProgressed().getSegments() - 1, firstOffset)
              : segments.of(state.getWindowFirstSegment()));
    }
    List<CheckpointPart> parts = new ArrayList<>(Checkpoints.split(here.build()));
    for (int i = 0; i < Math.min(parts.size(), head.checkpoint().size()); i++) {
      parts.set(
          i,
          parts.get(i).toBuilder()
              .setUnknownFields(head.checkpoint().get(i).getUnknownFields())
              .build());
    }
    return parts;
  }
}
