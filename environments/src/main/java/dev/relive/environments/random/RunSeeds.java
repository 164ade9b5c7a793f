package dev.relive.environments.random;

import java.nio.charset.StandardCharsets;
import java.util.zip.CRC32C;

/**
 * Every seed and random stream of a run, derived from the run's one seed: {@code SeedSequence(seed,
 * spawn_key=(role, …))}. Roles are disjoint, so no two parts of a run share a stream and evaluation
 * never sees a seed of training.
 *
 * @param seed the run's seed, at least 0
 */
public record RunSeeds(long seed) {
  private static final int LANES = 1;
  private static final int EXPLORATION = 2;
  private static final int INITIALISATION = 3;
  private static final int REPLAY = 4;
  private static final int EVALUATION = 5;
  private static final int EPOCH = 6;
  private static final int CHUNKS = 7;
  private static final int EVALUATION_ACTIONS = 8;
  private static final long LOW_HALF = 0xffff_ffffL;

  /** Rejects a negative seed. */
  public RunSeeds {
    if (seed < 0) {
      throw new IllegalArgumentException("A run's seed must be at least 0, not " + seed + ".");
    }
  }

  /** The seed with which a lane of an actor's epoch is first reset, at least 0. */
  public long lane(String actor, long epoch, int lane) {
    return integer(of(LANES, name(actor), epoch >>> 32, epoch & LOW_HALF, lane));
  }

  /** The stream from which an actor's epoch draws its actions. */
  public Generator exploration(String actor, long epoch) {
    return new Generator(of(EXPLORATION, name(actor), epoch >>> 32, epoch & LOW_HALF));
  }

  /** The stream that initialises networks. */
  public Generator initialisation() {
    return new Generator(of(INITIALISATION));
  }

  /** The stream that samples the replay. */
  public Generator replay() {
    return new Generator(of(REPLAY));
  }

  /** The seed of the evaluation range's episode {@code index}, at least 0. */
  public long evaluation(long index) {
    return integer(of(EVALUATION, index >>> 32, index & LOW_HALF));
  }

  /**
   * The stream from which an evaluation that acts as in training draws its actions.
   *
   * @param index the first of its episodes in the evaluation range
   */
  public Generator evaluationActions(long index) {
    return new Generator(of(EVALUATION_ACTIONS, index >>> 32, index & LOW_HALF));
  }

  /** The epoch of an actor's n-th start in a deterministic run. */
  public long deterministicEpoch(String actor, int start) {
    return of(EPOCH, name(actor), start).words64(1)[0];
  }

  /** The stream that orders the chunks of a pass over a range of experience, counted from 0. */
  public Generator chunkOrder(long pass) {
    return new Generator(of(CHUNKS, pass >>> 32, pass & LOW_HALF));
  }

  private SeedSequence of(long... key) {
    return SeedSequence.of(seed).child(key);
  }

  private static long integer(SeedSequence sequence) {
    return sequence.words64(1)[0] >>> 1;
  }

  private static long name(String actor) {
    CRC32C checksum = new CRC32C();
    byte[] bytes = actor.getBytes(StandardCharsets.UTF_8);
    checksum.update(bytes, 0, bytes.length);
    return checksum.getValue();
  }
}
