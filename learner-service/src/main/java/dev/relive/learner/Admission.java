package dev.relive.learner;

import dev.relive.log.SegmentRecord;
import dev.relive.log.wire.CheckpointState.SegmentIdentity;
import java.util.List;

/**
 * What may be learned from once a segment has been read.
 *
 * @param origin the segment from which on the log must be read again to come to the same
 * @param pieces whole segments or pieces of them, in the order in which they are learned from
 */
record Admission(Origin origin, List<SegmentRecord> pieces) {

  /** Where a segment stands in the log. */
  record Origin(long ordinal, int partition, long offset, SegmentIdentity identity) {
    static Origin of(SegmentRecord record) {
      return new Origin(record.ordinal(), record.partition(), record.offset(), record.identity());
    }
  }

  /** A segment as it is. */
  static Admission of(SegmentRecord record) {
    return new Admission(Origin.of(record), List.of(record));
  }
}
