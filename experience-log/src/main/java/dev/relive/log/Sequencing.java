package dev.relive.log;

import org.jspecify.annotations.Nullable;

/**
 * Puts the segments of one run in their actors' order: drops and counts duplicates, counts gaps and
 * broken lanes, and says of every other segment how it continues what came before. The state is the
 * caller's, on the caller's thread.
 */
public final class Sequencing {
  private final SequenceTracker tracker;
  private final ReaderCounters counters;

  /**
   * @param tracker what is known of the run's actors so far
   * @param counters where it counts
   */
  public Sequencing(SequenceTracker tracker, ReaderCounters counters) {
    this.tracker = tracker;
    this.counters = counters;
  }

  /** The next segment in log order; null where it is a duplicate. */
  public @Nullable LoggedSegment apply(SegmentRecord record) {
    long broken = tracker.brokenLanes();
    Continuity continuity = tracker.observe(record.segment());
    if (continuity.duplicate()) {
      counters.duplicate();
      return null;
    }
    if (continuity.missingSegments() > 0) {
      counters.missing(continuity.missingSegments());
    }
    if (tracker.brokenLanes() > broken) {
      counters.brokenLanes(tracker.brokenLanes() - broken);
    }
    counters.read(record.segment(), record.bytes());
    return record.with(continuity);
  }

  /** What is known of the run's actors now. */
  public SequenceTracker tracker() {
    return tracker;
  }
}
