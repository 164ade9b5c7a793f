package dev.relive.log;

import com.google.protobuf.Message;
import dev.relive.log.wire.CheckpointPart;
import dev.relive.log.wire.Evaluation;
import dev.relive.log.wire.PartitionRange;
import dev.relive.log.wire.Policy;
import dev.relive.log.wire.Progress;
import dev.relive.log.wire.RunSpec;
import dev.relive.log.wire.RunState;
import dev.relive.log.wire.RunVerdict;
import dev.relive.log.wire.Snapshot;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.function.Consumer;
import java.util.function.Predicate;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.common.IsolationLevel;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.TopicPartition;
import org.jspecify.annotations.Nullable;

/** The records of one run, as they stand in a log whose topics exist. */
final class StoredRun {
  private final LogConnection connection;
  private final TopicCatalogue topics;
  private final String run;
  private final RejectionCounters rejected = new RejectionCounters();

  StoredRun(LogConnection connection, String run) {
    this.connection = connection;
    this.topics = connection.topics();
    this.run = run;
  }

  /** What cannot be used, and is left out. */
  RejectionCounters rejected() {
    return rejected;
  }

  Optional<ArchivedRecord> spec() {
    return ofRuns(RecordKind.RUN_SPEC, "spec", RecordCodec.RUN_SPEC, RunSpec::getRun);
  }

  Optional<ArchivedRecord> state() {
    return ofRuns(RecordKind.RUN_STATE, "state", RecordCodec.RUN_STATE, RunState::getRun);
  }

  Optional<ArchivedRecord> verdict() {
    return ofRuns(RecordKind.RUN_VERDICT, "verdict", RecordCodec.RUN_VERDICT, RunVerdict::getRun);
  }

  private <T extends Message> Optional<ArchivedRecord> ofRuns(
      RecordKind kind,
      String part,
      RecordCodec<T> codec,
      java.util.function.Function<T, String> runOf) {
    return newest(
        topics.runs(), kind, RunRecords.keyed(run, run + "/" + part, codec, runOf, rejected));
  }

  /** What its learner said last. */
  Optional<ArchivedRecord> progress() {
    return newest(
        topics.progress(),
        RecordKind.PROGRESS,
        RunRecords.keyedByRun(run, RecordCodec.PROGRESS, Progress::getRun, rejected));
  }

  /** The newest policy, if it has this version. */
  Optional<ArchivedRecord> policy(long version) throws RejectedRecordException {
    Optional<ArchivedRecord> newest =
        newest(
            topics.policies(),
            RecordKind.POLICY,
            RunRecords.keyedByRun(run, RecordCodec.POLICY, Policy::getRun, rejected));
    return newest.isPresent() && newest.get().message(RecordCodec.POLICY).getVersion() == version
        ? newest
        : Optional.empty();
  }

  private <T extends Message> Optional<ArchivedRecord> newest(
      Topic topic, RecordKind kind, RunRecords<T> records) {
    List<ArchivedRecord> found = new ArrayList<>();
    TopicPartition partition = new TopicPartition(topic.name(), 0);
    scan(
        partition,
        IsolationLevel.READ_COMMITTED,
        scan ->
            records
                .newest(scan, PartitionScan.logEnd(connection, partition))
                .ifPresent(
                    newest ->
                        scan.read(
                            newest.offset(),
                            newest.offset() + 1,
                            record -> found.add(ArchivedRecord.of(kind, record)))));
    return found.stream().findFirst();
  }

  /**
   * The parts of a checkpoint in their order.
   *
   * @throws LogException if they are not all there
   */
  List<ArchivedRecord> checkpoint(long ordinal) {
    RunRecords<CheckpointPart> records =
        RunRecords.keyedUnderRun(
            run, RecordCodec.CHECKPOINT_PART, CheckpointPart::getRun, rejected);
    Map<Integer, ArchivedRecord> parts = new TreeMap<>();
    List<Integer> count = new ArrayList<>();
    forEach(
        topics.checkpoints(),
        record -> {
          if (records.isDeletion(record)) {
            parts.clear();
            count.clear();
          }
          CheckpointPart part = records.decode(record);
          if (part != null && part.getOrdinal() == ordinal) {
            parts.put(part.getPart(), ArchivedRecord.of(RecordKind.CHECKPOINT_PART, record));
            count.add(part.getParts());
          }
          return true;
        });
    if (parts.isEmpty() || parts.size() != count.get(count.size() - 1)) {
      throw new LogException(
          "Checkpoint %d of run %s is not whole in topic %s: its parts %s are there."
              .formatted(ordinal, run, topics.checkpoints().name(), parts.keySet()));
    }
    return List.copyOf(parts.values());
  }

  /** Gives the snapshots to {@code wantsMore}, oldest first, until it says no. */
  void snapshots(Predicate<Found<ArchivedRecord>> wantsMore) {
    every(
        topics.snapshots(),
        RecordKind.SNAPSHOT,
        RunRecords.keyedUnderRun(run, RecordCodec.SNAPSHOT, Snapshot::getRun, rejected),
        wantsMore);
  }

  /** Gives the evaluations to {@code wantsMore}, oldest first, until it says no. */
  void evaluations(Predicate<Found<ArchivedRecord>> wantsMore) {
    every(
        topics.evaluations(),
        RecordKind.EVALUATION,
        RunRecords.keyedByRun(run, RecordCodec.EVALUATION, Evaluation::getRun, rejected),
        wantsMore);
  }

  private <T extends Message> void every(
      Topic topic,
      RecordKind kind,
      RunRecords<T> records,
      Predicate<Found<ArchivedRecord>> wantsMore) {
    forEach(
        topic,
        record ->
            records.decode(record) == null
                || wantsMore.test(new Found<>(record.offset(), ArchivedRecord.of(kind, record))));
  }

  /** Gives what is committed in the run's partition of a topic. */
  private void forEach(Topic topic, Predicate<ConsumerRecord<ByteBuffer, ByteBuffer>> wantsMore) {
    TopicPartition partition = partition(topic);
    scan(
        partition,
        IsolationLevel.READ_COMMITTED,
        scan ->
            scan.readWhile(scan.begin(), PartitionScan.logEnd(connection, partition), wantsMore));
  }

  /** The partition of a topic that holds all of the run's records. */
  TopicPartition partition(Topic topic) {
    try (KafkaConsumer<ByteBuffer, ByteBuffer> consumer =
        connection.consumer(IsolationLevel.READ_COMMITTED)) {
      int partitions = consumer.partitionsFor(topic.name()).size();
      return new TopicPartition(topic.name(), RunPartition.of(run, partitions));
    } catch (KafkaException e) {
      throw LogException.during("Reading topic " + topic.name(), e);
    }
  }

  /**
   * Gives the well-formed segments of a range to {@code wantsMore}, duplicates included, until it
   * says no.
   *
   * @param end where to end, exclusive
   * @param reached is told of every offset that was read
   * @throws LogException if what stood at the range's start was deleted
   */
  void segments(
      RunSpec spec,
      PartitionRange range,
      long end,
      Consumer<Long> reached,
      Predicate<Found<ArchivedRecord>> wantsMore) {
    Topic topic = topics.experience(spec.getStream());
    SegmentSelection selection = new SegmentSelection(ReadRequest.of(topics, spec).ofRun(run));
    TopicPartition partition = new TopicPartition(topic.name(), range.getPartition());
    scan(
        partition,
        IsolationLevel.READ_UNCOMMITTED,
        scan -> {
          SliceEnds.requireInLog(partition, range.getFirstOffset(), scan.begin(), scan.end());
          scan.readWhile(
              range.getFirstOffset(),
              end,
              record -> {
                reached.accept(record.offset());
                return !isSegment(selection, record)
                    || wantsMore.test(
                        new Found<>(
                            record.offset(), ArchivedRecord.of(RecordKind.SEGMENT, record)));
              });
        });
  }

  private boolean isSegment(
      SegmentSelection selection, ConsumerRecord<ByteBuffer, ByteBuffer> record) {
    try {
      return selection.segment(record) != null;
    } catch (RejectedRecordException e) {
      if (isOurs(record.key())) {
        rejected.add(e.reason());
      }
      return false;
    }
  }

  /** What has no key of a run is nobody's, and no loss of this run. */
  private boolean isOurs(@Nullable ByteBuffer key) {
    return key != null && SegmentKey.startsWith(key, SegmentKey.prefix(run));
  }

  private void scan(
      TopicPartition partition, IsolationLevel isolation, Consumer<PartitionScan> read) {
    try (KafkaConsumer<ByteBuffer, ByteBuffer> consumer = connection.consumer(isolation)) {
      read.accept(new PartitionScan(consumer, partition));
    } catch (KafkaException e) {
      throw LogException.during("Reading " + partition, e);
    }
  }
}
