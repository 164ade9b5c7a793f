package dev.relive.learner;

import dev.relive.log.PolicyVersions;
import dev.relive.log.Segment;
import dev.relive.log.SegmentRecord;
import java.util.ArrayList;
import java.util.List;

/** Lets through the pieces of segments that certain policy versions chose. */
final class VersionFilter {
  private final VersionRange range;

  VersionFilter(VersionRange range) {
    this.range = range;
  }

  /** The longest pieces of a segment of which every transition is let through. */
  List<SegmentRecord> pieces(SegmentRecord record) {
    List<SegmentRecord> pieces = new ArrayList<>();
    Segment segment = record.segment();
    PolicyVersions versions = segment.policyVersions();
    int from = -1;
    for (int i = 0; i < versions.count(); i++) {
      boolean wanted = range.includes(versions.version(i));
      if (wanted && from < 0) {
        from = versions.from(i);
      } else if (!wanted && from >= 0) {
        pieces.add(record.slice(from, versions.from(i) - from));
        from = -1;
      }
    }
    if (from >= 0) {
      pieces.add(record.slice(from, segment.length() - from));
    }
    return pieces;
  }
}
