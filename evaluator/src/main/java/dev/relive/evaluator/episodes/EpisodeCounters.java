package dev.relive.evaluator.episodes;

import dev.relive.log.RejectionReason;
import java.util.EnumMap;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.concurrent.atomic.LongAdder;

/**
 * What this process has seen of a stream; may be read from any thread. What Kafka took back because
 * a transaction was aborted counts twice: the truth is in the log.
 */
final class EpisodeCounters {
  /** A stream may hold the experience of any number of runs: those heard last are remembered. */
  static final int MOST_RUNS = 100;

  private final LinkedHashMap<String, RunEpisodes> runs = new LinkedHashMap<>(16, 0.75f, true);
  private final Map<RejectionReason, LongAdder> rejected = new EnumMap<>(RejectionReason.class);
  private final Returns returns;

  /** Where the returns of the episodes go that the environment ended. */
  interface Returns {
    void add(String run, double episodeReturn);

    /** Forgets a run that nothing was heard of for long. */
    void forget(String run);
  }

  /** Counters of a stream of which nothing has been read. */
  EpisodeCounters(Returns returns) {
    this.returns = returns;
    for (RejectionReason reason : RejectionReason.values()) {
      rejected.put(reason, new LongAdder());
    }
  }

  /** The counters of a run, the one heard longest ago forgotten where there are too many. */
  synchronized RunEpisodes of(String run) {
    RunEpisodes known = runs.get(run);
    if (known == null) {
      known = new RunEpisodes();
      runs.put(run, known);
      if (runs.size() > MOST_RUNS) {
        String eldest = runs.keySet().iterator().next();
        runs.remove(eldest);
        returns.forget(eldest);
      }
    }
    return known;
  }

  /** The counters of the runs heard last. */
  synchronized Map<String, RunEpisodes> runs() {
    return Map.copyOf(runs);
  }

  void finished(String run, EpisodeEnd end, double episodeReturn) {
    of(run).ended(end);
    returns.add(run, episodeReturn);
  }

  void rejected(RejectionReason reason) {
    adder(reason).increment();
  }

  /** Records rejected for one reason. */
  long rejections(RejectionReason reason) {
    return adder(reason).sum();
  }

  private LongAdder adder(RejectionReason reason) {
    LongAdder adder = rejected.get(reason);
    if (adder == null) {
      throw new IllegalStateException("Every reason has a counter.");
    }
    return adder;
  }
}
