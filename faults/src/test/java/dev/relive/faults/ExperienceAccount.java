package dev.relive.faults;

import dev.relive.faults.SegmentName.Epoch;
import dev.relive.log.wire.Segment;
import dev.relive.log.wire.SegmentEnd;
import java.util.Arrays;
import java.util.BitSet;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * Which segments of a run stand in the log, in the order of their offsets. Beside the protocol's
 * own trackers it is plain: one set of sequences for each epoch.
 */
final class ExperienceAccount {
  private final List<String> violations;
  private final Map<Epoch, EpochAccount> epochs = new HashMap<>();
  private long[] offsets = new long[1_024];
  private long[] stepsBefore = new long[1_025];
  private int segments;
  private long duplicates;

  /** What one epoch has written. */
  private static final class EpochAccount {
    private final BitSet sequences = new BitSet();
    private final Map<Integer, Segment> lastOfLane = new HashMap<>();
    private long steps;
  }

  /**
   * @param violations gets a sentence for each promise that is broken
   */
  ExperienceAccount(List<String> violations) {
    this.violations = violations;
  }

  void add(long offset, Segment segment) {
    if (segments > 0 && offset != offsets[segments - 1] + 1) {
      violations.add("offset %d follows %d".formatted(offset, offsets[segments - 1]));
    }
    addPosition(offset, segment.getLength());
    Epoch name = new Epoch(segment.getActor(), segment.getEpoch());
    EpochAccount epoch = epochs.computeIfAbsent(name, unknown -> new EpochAccount());
    int sequence = (int) segment.getSequence();
    if (epoch.sequences.get(sequence)) {
      duplicates++;
      violations.add("%s sequence %d stands in the log twice".formatted(name, sequence));
      return;
    }
    if (sequence != epoch.sequences.length()) {
      violations.add(
          "%s sequence %d follows %d".formatted(name, sequence, epoch.sequences.length() - 1));
    }
    epoch.sequences.set(sequence);
    epoch.steps += segment.getLength();
    if (epoch.steps != segment.getActorSteps()) {
      violations.add(
          "%s sequence %d says %d steps after %d"
              .formatted(name, sequence, segment.getActorSteps(), epoch.steps));
    }
    checkLane(name, segment, epoch.lastOfLane.put(segment.getLane(), metadata(segment)));
  }

  private void checkLane(Epoch name, Segment segment, Segment last) {
    boolean continues = last != null && last.getEnd() == SegmentEnd.CONTINUES;
    long episode = last == null ? 0 : last.getEpisode() + (continues ? 0 : 1);
    long step = continues ? last.getFirstStep() + last.getLength() : 0;
    if (segment.getEpisode() != episode || segment.getFirstStep() != step) {
      violations.add(
          "%s lane %d goes on at episode %d step %d instead of %d, %d"
              .formatted(
                  name,
                  segment.getLane(),
                  segment.getEpisode(),
                  segment.getFirstStep(),
                  episode,
                  step));
    }
  }

  private static Segment metadata(Segment segment) {
    return segment.toBuilder().clearObservations().clearActions().clearRewards().build();
  }

  private void addPosition(long offset, int length) {
    if (segments == offsets.length) {
      offsets = Arrays.copyOf(offsets, 2 * segments);
      stepsBefore = Arrays.copyOf(stepsBefore, 2 * segments + 1);
    }
    offsets[segments] = offset;
    stepsBefore[segments + 1] = stepsBefore[segments] + length;
    segments++;
  }

  /** Segments in the log. */
  long segments() {
    return segments;
  }

  /** Segments that stand before an offset. */
  int segmentsBefore(long offset) {
    int found = Arrays.binarySearch(offsets, 0, segments, offset);
    return found >= 0 ? found : -found - 1;
  }

  /** Transitions of the first so many segments. */
  long stepsOf(int firstSegments) {
    return stepsBefore[firstSegments];
  }

  /** Transitions in the log. */
  long steps() {
    return stepsBefore[segments];
  }

  /** Segments that stand in the log once more. */
  long duplicates() {
    return duplicates;
  }

  /** Of the segments that were acknowledged, those that are not in the log. */
  long lost(Map<Epoch, BitSet> acknowledged) {
    return acknowledged.entrySet().stream()
        .mapToLong(entry -> without(entry.getValue(), sequences(entry.getKey()), entry.getKey()))
        .sum();
  }

  private long without(BitSet acknowledged, BitSet present, Epoch name) {
    BitSet lost = (BitSet) acknowledged.clone();
    lost.andNot(present);
    if (!lost.isEmpty()) {
      violations.add("%s has lost the sequences %s".formatted(name, lost));
    }
    return lost.cardinality();
  }

  /**
   * Of the segments in the log, those that nobody said are there, nor will.
   *
   * @param living epochs whose producers may yet say it
   */
  long unsaid(Map<Epoch, BitSet> acknowledged, Set<Epoch> living) {
    return epochs.entrySet().stream()
        .filter(entry -> !living.contains(entry.getKey()))
        .mapToLong(
            entry -> {
              BitSet unsaid = (BitSet) entry.getValue().sequences.clone();
              unsaid.andNot(acknowledged.getOrDefault(entry.getKey(), new BitSet()));
              return unsaid.cardinality();
            })
        .sum();
  }

  private BitSet sequences(Epoch epoch) {
    EpochAccount account = epochs.get(epoch);
    return account == null ? new BitSet() : account.sequences;
  }
}
