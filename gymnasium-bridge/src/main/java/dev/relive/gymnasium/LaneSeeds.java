package dev.relive.gymnasium;

import dev.relive.environments.random.SeedSequence;

/**
 * The seeds of lanes that may have to be begun anew: the first is given, the n-th after it is of
 * {@code SeedSequence(seed, spawn_key=(n,))}.
 */
final class LaneSeeds {
  private final long[] seeds;
  private final int[] restarts;

  LaneSeeds(int lanes) {
    seeds = new long[lanes];
    restarts = new int[lanes];
  }

  void begin(int lane, long seed) {
    seeds[lane] = seed;
    restarts[lane] = 0;
  }

  /** The seed of a lane that is begun anew. */
  long next(int lane) {
    restarts[lane]++;
    return SeedSequence.of(seeds[lane]).child(restarts[lane]).words64(1)[0] >>> 1;
  }
}
