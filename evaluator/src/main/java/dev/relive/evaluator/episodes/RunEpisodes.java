package dev.relive.evaluator.episodes;

import java.util.EnumMap;
import java.util.Map;
import java.util.concurrent.atomic.LongAdder;

/** What this process has seen of a run's segments and episodes; may be read from any thread. */
final class RunEpisodes {
  private final Map<EpisodeEnd, LongAdder> ended = new EnumMap<>(EpisodeEnd.class);
  private final LongAdder open = new LongAdder();
  private final LongAdder segments = new LongAdder();
  private final LongAdder missing = new LongAdder();
  private final LongAdder duplicates = new LongAdder();

  RunEpisodes() {
    for (EpisodeEnd end : EpisodeEnd.values()) {
      ended.put(end, new LongAdder());
    }
  }

  void segment() {
    segments.increment();
  }

  void missing(long count) {
    missing.add(count);
  }

  void duplicate() {
    duplicates.increment();
  }

  void opened(long count) {
    open.add(count);
  }

  void ended(EpisodeEnd end) {
    adder(end).increment();
  }

  /** Episodes that ended so. */
  long count(EpisodeEnd end) {
    return adder(end).sum();
  }

  /** Episodes that are read from their first step on and have not ended. */
  long open() {
    return open.sum();
  }

  /** Segments, without duplicates. */
  long segments() {
    return segments.sum();
  }

  /** Segments found missing. */
  long missing() {
    return missing.sum();
  }

  /** Segments dropped because they had been seen. */
  long duplicates() {
    return duplicates.sum();
  }

  private LongAdder adder(EpisodeEnd end) {
    LongAdder adder = ended.get(end);
    if (adder == null) {
      throw new IllegalStateException("Every end has a counter.");
    }
    return adder;
  }
}
