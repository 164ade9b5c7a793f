package dev.relive.log;

import dev.relive.log.wire.CheckpointPart;
import dev.relive.log.wire.CheckpointState;
import dev.relive.log.wire.Progress;
import dev.relive.simulation.kafka.SimulatedKafka;
import dev.relive.simulation.kafka.SimulatedRecord;
import dev.relive.simulation.kafka.SimulatedTopic;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** A reader of one run's segments in log order, and of its checkpoints. */
public final class SimulatedExperience {
  private final SimulatedTopic topic;
  private long position;
  private long ordinal;

  /** A reader at the run's first segment. */
  public SimulatedExperience(SimulatedKafka kafka, Topic topic) {
    this.topic = kafka.topic(topic.name());
  }

  /** Goes on where a checkpoint's window begins. */
  public void resume(CheckpointState checkpoint) {
    if (checkpoint.hasWindowFirst()) {
      position = checkpoint.getWindowStart().getOffset();
      ordinal = checkpoint.getWindowFirstSegment();
      SegmentRecord first = segment(topic.at(position));
      if (first == null || !first.identity().equals(checkpoint.getWindowFirst())) {
        throw new AssertionError("another segment stands where the window begins");
      }
    }
  }

  /** Whether there is a record to read. */
  public boolean hasNext() {
    return position < topic.end();
  }

  /** The next record's segment; null where it cannot be used. */
  public @Nullable SegmentRecord next() {
    SegmentRecord segment = segment(topic.at(position));
    position++;
    ordinal += segment == null ? 0 : 1;
    return segment;
  }

  private @Nullable SegmentRecord segment(@Nullable SimulatedRecord record) {
    Segment segment = record == null ? null : decode(record);
    return segment == null || record == null
        ? null
        : new SegmentRecord(
            segment, 0, record.offset(), ordinal, record.offset(), record.value().length);
  }

  /** The segment of a record; null where it cannot be used. */
  public static @Nullable Segment decode(SimulatedRecord record) {
    try {
      return SegmentCodec.decode(record.consumed().value());
    } catch (RejectedRecordException e) {
      return null;
    }
  }

  /**
   * The checkpoint that a Progress names; empty where it names none.
   *
   * @throws LogException if it is not there
   */
  public static Optional<CheckpointState> checkpoint(
      SimulatedKafka kafka, TopicCatalogue topics, Progress progress) {
    if (progress.getCheckpointOrdinal() == 0) {
      return Optional.empty();
    }
    RunRecords<CheckpointPart> records =
        RunRecords.keyedUnderRun(
            progress.getRun(),
            RecordCodec.CHECKPOINT_PART,
            CheckpointPart::getRun,
            new RejectionCounters());
    SimulatedTopic topic = kafka.topic(topics.checkpoints().name());
    List<CheckpointPart> parts = new ArrayList<>();
    for (SimulatedRecord record : topic.committed(0, topic.stableEnd())) {
      CheckpointPart part = records.decode(record.consumed());
      if (part != null && part.getOrdinal() == progress.getCheckpointOrdinal()) {
        parts.add(part);
      }
    }
    return Optional.of(Checkpoints.join(parts));
  }
}
