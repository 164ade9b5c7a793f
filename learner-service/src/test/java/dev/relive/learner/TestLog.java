package dev.relive.learner;

import dev.relive.log.Segment;
import dev.relive.log.SegmentRecord;
import java.util.ArrayList;
import java.util.List;

/**
 * The segments of one run in log order. Another run's record stands after each of them, so that
 * offsets are not ordinals.
 */
final class TestLog {
  private static final int PARTITION = 0;
  private static final long FIRST_OFFSET = 100;

  private final List<SegmentRecord> records = new ArrayList<>();

  /** Appends a segment and gives it as it stands in the log. */
  SegmentRecord append(Segment segment) {
    long ordinal = records.size();
    SegmentRecord record =
        new SegmentRecord(
            segment, PARTITION, FIRST_OFFSET + 2 * ordinal, ordinal, 1000 + ordinal, 100);
    records.add(record);
    return record;
  }

  /** Everything from an ordinal on. */
  List<SegmentRecord> from(long ordinal) {
    return records.subList((int) ordinal, records.size());
  }
}
