package dev.relive.evaluator.episodes;

import dev.relive.log.SegmentEnd;
import java.util.Locale;

/** How an episode ended. */
enum EpisodeEnd {
  /** The environment ended it. */
  TERMINATED,
  /** A limit outside the task ended it. */
  TRUNCATED,
  /**
   * It broke off: its producer said so, or it follows from a newer epoch, a gap, a lane that goes
   * on elsewhere, or silence.
   */
  ABANDONED;

  /** The end that a segment says; not for one that goes on. */
  static EpisodeEnd of(SegmentEnd end) {
    return switch (end) {
      case TERMINATED -> TERMINATED;
      case TRUNCATED -> TRUNCATED;
      case ABANDONED -> ABANDONED;
      case CONTINUES -> throw new IllegalArgumentException("A segment that goes on ends nothing.");
    };
  }

  /** The name in metrics. */
  String label() {
    return name().toLowerCase(Locale.ROOT);
  }
}
