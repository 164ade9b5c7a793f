package dev.relive.log;

import java.util.Map;
import java.util.TreeMap;
import java.util.function.BiConsumer;

/** A set of sequence numbers that are mostly without gaps: its size is that of its stretches. */
final class SequenceSet {
  /** First and last of every stretch; no two touch. */
  private final TreeMap<Long, Long> stretches = new TreeMap<>();

  void add(long sequence) {
    Map.Entry<Long, Long> before = stretches.floorEntry(sequence);
    if (before != null && before.getValue() >= sequence) {
      return;
    }
    long first = before != null && before.getValue() == sequence - 1 ? before.getKey() : sequence;
    Long last = stretches.remove(sequence + 1);
    stretches.put(first, last == null ? sequence : last);
  }

  void remove(long sequence) {
    Map.Entry<Long, Long> within = stretches.floorEntry(sequence);
    if (within == null || within.getValue() < sequence) {
      return;
    }
    stretches.remove(within.getKey());
    if (within.getKey() < sequence) {
      stretches.put(within.getKey(), sequence - 1);
    }
    if (within.getValue() > sequence) {
      stretches.put(sequence + 1, within.getValue());
    }
  }

  /** Gives first and last of every stretch, in their order. */
  void forEachStretch(BiConsumer<Long, Long> each) {
    stretches.forEach(each);
  }
}
