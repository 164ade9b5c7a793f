package dev.relive.learner;

import dev.relive.log.SegmentRecord;
import dev.relive.log.wire.CheckpointState;
import dev.relive.log.wire.CheckpointState.SegmentIdentity;
import java.util.ArrayDeque;
import java.util.TreeSet;

/**
 * Which segments of the log a replay consists of: all from the one that its oldest slot is of, but
 * for duplicates. From these segments the same replay can be made again.
 */
final class ReplayWindow {
  private final ArrayDeque<Held> segments = new ArrayDeque<>();
  private final TreeSet<Long> duplicates = new TreeSet<>();

  /** A segment of which the replay holds something, and its slots {@code [first, end)}. */
  private record Held(
      long ordinal, int partition, long offset, SegmentIdentity identity, long first, long end) {}

  /**
   * Adds the next segment that has transitions.
   *
   * @param first the position of the slot that it begins with
   */
  void add(SegmentRecord record, long first) {
    segments.add(
        new Held(
            record.ordinal(),
            record.partition(),
            record.offset(),
            record.identity(),
            first,
            first + record.segment().length() + 1));
  }

  /** Adds a segment that came again, so that the replay does not have it. */
  void addDuplicate(long ordinal) {
    if (!segments.isEmpty()) {
      duplicates.add(ordinal);
    }
  }

  boolean isDuplicate(long ordinal) {
    return duplicates.contains(ordinal);
  }

  /** Forgets the segments that lie wholly before the replay's oldest slot. */
  void forgetBefore(long oldest) {
    while (segments.size() > 1 && segments.element().end() <= oldest) {
      segments.remove();
    }
    duplicates.headSet(segments.element().ordinal()).clear();
  }

  /**
   * Writes down where to read the replay from, if there is anything in it.
   *
   * @param oldest the position of the replay's oldest slot
   */
  void save(CheckpointState.Builder checkpoint, long oldest) {
    if (segments.isEmpty()) {
      return;
    }
    Held first = segments.element();
    checkpoint
        .setWindowFirstSegment(first.ordinal())
        .setWindowStart(
            checkpoint.getWindowStart().toBuilder()
                .setPartition(first.partition())
                .setOffset(first.offset()))
        .setWindowFirst(first.identity())
        .setWindowSkippedSteps(oldest - first.first())
        .addAllWindowDuplicates(duplicates);
  }

  /** Takes over which segments of a checkpoint's window are duplicates; the others come again. */
  void restore(CheckpointState checkpoint) {
    duplicates.addAll(checkpoint.getWindowDuplicatesList());
  }
}
