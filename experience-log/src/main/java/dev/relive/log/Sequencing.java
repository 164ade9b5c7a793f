package dev.relive.log;

import java.util.HashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Puts segments into the order of their actors, run by run: drops and counts duplicates, counts
 * gaps, and says of each segment what it continues. Belongs to one thread.
 */
public final class Sequencing {
  private final boolean fromFirstSegment;
  private final ReaderCounters counters;
  private final Map<String, SequenceTracker> trackers = new HashMap<>();

  /**
   * Nothing seen yet.
   *
   * @param fromFirstSegment as in {@link SequenceTracker#SequenceTracker}
   * @param counters count what is found
   */
  public Sequencing(boolean fromFirstSegment, ReaderCounters counters) {
    this.fromFirstSegment = fromFirstSegment;
    this.counters = counters;
  }

  /** Goes on with what a tracker knows of a run. */
  public Sequencing(String run, SequenceTracker tracker, ReaderCounters counters) {
    this(true, counters);
    trackers.put(run, tracker);
  }

  /**
   * Takes the next segment in log order.
   *
   * @return the same with its continuity; null for a duplicate
   */
  public @Nullable LoggedSegment apply(LoggedSegment logged) {
    SequenceTracker tracker =
        trackers.computeIfAbsent(
            logged.segment().lane().run(), run -> new SequenceTracker(fromFirstSegment));
    long broken = tracker.brokenLanes();
    Continuity continuity = tracker.observe(logged.segment());
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
    counters.read(logged.segment(), logged.bytes());
    return logged.with(continuity);
  }
}
