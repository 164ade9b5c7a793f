package dev.relive.log;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * What a reader concludes, worked out from all that it has ever seen: the rules of the protocol
 * without any state that would have to be kept right.
 */
final class PlainSequenceReader {
  /** A segment that was taken, and what it did to its actor's lanes. */
  private record Taken(Segment segment, boolean newEpoch, long missing) {}

  private final boolean fromFirstSegment;
  private final List<Taken> history = new ArrayList<>();
  private long gaps;
  private long duplicates;
  private long brokenLanes;

  PlainSequenceReader(boolean fromFirstSegment) {
    this.fromFirstSegment = fromFirstSegment;
  }

  long gaps() {
    return gaps;
  }

  long duplicates() {
    return duplicates;
  }

  long brokenLanes() {
    return brokenLanes;
  }

  Continuity observe(Segment segment) {
    List<Taken> epoch = history.stream().filter(taken -> sameEpoch(taken, segment)).toList();
    if (epoch.isEmpty()) {
      forgetTheOldestOfTooManyEpochs(segment.lane().actor());
    }
    Set<Long> accounted = accounted(epoch, segment);
    if (!accounted.add(segment.sequence())) {
      duplicates++;
      return new Continuity(true, 0, false);
    }
    long missing = 0;
    for (long sequence = 0; sequence < segment.sequence(); sequence++) {
      missing += accounted.add(sequence) ? 1 : 0;
    }
    gaps += missing;
    history.add(new Taken(segment, epoch.isEmpty(), missing));
    Taken before = before(segment);
    if (before == null ? !mayBeginHere(segment) : !follows(before.segment, segment)) {
      brokenLanes++;
    }
    return new Continuity(
        false,
        missing,
        before != null
            && before.segment.end() == SegmentEnd.CONTINUES
            && follows(before.segment, segment));
  }

  /** Every sequence of the segment's epoch that was seen, was found missing, or lies before all. */
  private Set<Long> accounted(List<Taken> epoch, Segment segment) {
    Set<Long> accounted = new HashSet<>();
    long largest = -1;
    for (Taken taken : epoch) {
      largest = Math.max(largest, taken.segment.sequence());
    }
    if (epoch.isEmpty() && !fromFirstSegment) {
      largest = segment.sequence() - 1;
    }
    for (long sequence = 0; sequence <= largest; sequence++) {
      accounted.add(sequence);
    }
    return accounted;
  }

  /** The segment before the newest in its lane, unless something closed the lane in between. */
  private @Nullable Taken before(Segment newest) {
    for (int i = history.size() - 1; i >= 0; i--) {
      Taken taken = history.get(i);
      if (i < history.size() - 1 && taken.segment.lane().equals(newest.lane())) {
        return taken;
      }
      if (closesLanesOf(taken, newest)) {
        return null;
      }
    }
    return null;
  }

  /** Whether the first segment seen of a lane may be this one. */
  private boolean mayBeginHere(Segment segment) {
    boolean seenFromItsBirth =
        history.stream().filter(taken -> sameEpoch(taken, segment)).findFirst().stream()
            .allMatch(first -> first.segment.sequence() == 0);
    boolean closed =
        history.stream()
            .dropWhile(taken -> !sameEpoch(taken, segment))
            .skip(1)
            .anyMatch(taken -> closesLanesOf(taken, segment));
    return !seenFromItsBirth || closed || (segment.episode() == 0 && segment.firstStep() == 0);
  }

  private static boolean closesLanesOf(Taken taken, Segment segment) {
    boolean gap = taken.missing > 0 && sameEpoch(taken, segment);
    boolean newerEpoch =
        taken.newEpoch && taken.segment.lane().actor().equals(segment.lane().actor());
    return gap || newerEpoch;
  }

  private static boolean follows(Segment before, Segment segment) {
    return before.end() == SegmentEnd.CONTINUES
        ? segment.episode() == before.episode()
            && segment.firstStep() == before.firstStep() + before.length()
        : segment.episode() == before.episode() + 1 && segment.firstStep() == 0;
  }

  private static boolean sameEpoch(Taken taken, Segment segment) {
    return taken.segment.lane().actor().equals(segment.lane().actor())
        && taken.segment.lane().epoch() == segment.lane().epoch();
  }

  private void forgetTheOldestOfTooManyEpochs(String actor) {
    List<Long> epochs =
        history.stream()
            .map(taken -> taken.segment.lane())
            .filter(lane -> lane.actor().equals(actor))
            .map(LaneId::epoch)
            .distinct()
            .toList();
    if (epochs.size() == SequenceTracker.EPOCHS_KEPT) {
      history.removeIf(
          taken ->
              taken.segment.lane().actor().equals(actor)
                  && Objects.equals(taken.segment.lane().epoch(), epochs.get(0)));
    }
  }
}
