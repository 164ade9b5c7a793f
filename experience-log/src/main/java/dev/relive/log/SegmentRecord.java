package dev.relive.log;

import dev.relive.log.wire.CheckpointState.SegmentIdentity;

/**
 * A well-formed segment as it stands in the log, duplicate or not. It is a view of what was
 * fetched: whoever keeps it keeps the fetch's memory, so {@link #copy} what is to stay.
 *
 * @param partition the partition it stands in
 * @param offset where it stands there
 * @param ordinal counts the well-formed segments of its run in log order, duplicates included, from
 *     0 or from the request's first one
 * @param appendedAtMillis when the broker appended it, milliseconds since 1970
 * @param bytes the record's size
 */
public record SegmentRecord(
    Segment segment, int partition, long offset, long ordinal, long appendedAtMillis, int bytes) {

  /** What tells it from every other segment of its run. */
  public SegmentIdentity identity() {
    return SegmentIdentity.newBuilder()
        .setActor(segment.lane().actor())
        .setEpoch(segment.lane().epoch())
        .setSequence(segment.sequence())
        .build();
  }

  /** The record with a piece of its segment, see {@link Segment#slice}. */
  public SegmentRecord slice(int from, int count) {
    return with(segment.slice(from, count));
  }

  /** The same in memory of its own, to be kept. */
  public SegmentRecord copy() {
    return with(segment.copy());
  }

  private SegmentRecord with(Segment other) {
    return new SegmentRecord(other, partition, offset, ordinal, appendedAtMillis, bytes);
  }

  LoggedSegment with(Continuity continuity) {
    return new LoggedSegment(
        segment, partition, offset, ordinal, appendedAtMillis, bytes, continuity);
  }
}
