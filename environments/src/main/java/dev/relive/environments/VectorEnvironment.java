package dev.relive.environments;

import java.util.stream.LongStream;
import org.jspecify.annotations.Nullable;

/**
 * Independent lanes of one task, stepped together. A lane whose episode ends is reset in the same
 * step (Gymnasium's {@code AutoresetMode.SAME_STEP}), its random stream going on: {@link
 * #observations} then holds the first observation of its next episode, and {@link
 * #finalObservations} the last one of the episode that ended.
 *
 * <p>The arrays returned are the live buffers, the same at every call, overwritten by {@code step}
 * and {@code reset}, and only to be read. Stepping allocates nothing. Not safe for use by several
 * threads.
 */
public interface VectorEnvironment extends AutoCloseable {
  EnvironmentSpec spec();

  int lanes();

  /**
   * Begins an episode in every lane, each with a random stream of its own.
   *
   * @param seeds one for each lane
   * @throws IllegalArgumentException if their number is not that of the lanes, or one is negative
   */
  void reset(long[] seeds);

  /**
   * As {@link #reset(long[])} with the seeds {@code seed}, {@code seed + 1} and so on, as Gymnasium
   * does it.
   */
  default void reset(long seed) {
    reset(LongStream.rangeClosed(seed, Math.addExact(seed, lanes() - 1)).toArray());
  }

  /**
   * Does an action in every lane.
   *
   * @param actions lanes × action size, rows of an action space of integers
   * @throws IllegalStateException if the environment was never reset, or its actions are not
   *     integers
   * @throws IllegalArgumentException if their number is wrong or one is not in the action space;
   *     nothing has moved then
   */
  void step(int[] actions);

  /**
   * Does an action in every lane.
   *
   * @param actions lanes × action size, rows of a box
   * @throws IllegalStateException if the environment was never reset, or its actions are not floats
   * @throws IllegalArgumentException if their number is wrong or one is not in the action space;
   *     nothing has moved then
   */
  void step(float[] actions);

  /** Lanes × observation size: what the next actions are to be chosen from. */
  float[] observations();

  /**
   * Lanes × observation size: the last observation of each episode that ended in the last step;
   * other rows are old.
   */
  float[] finalObservations();

  /** The reward of each lane in the last step. */
  double[] rewards();

  /** Whether the task ended in the last step, for each lane. */
  boolean[] terminated();

  /**
   * Whether a limit outside the task was reached in the last step, for each lane; it can be
   * together with the end.
   */
  boolean[] truncated();

  /**
   * Whether the episode broke off in the last step, for each lane, because the environment failed:
   * that step did not happen, its reward and its last observation mean nothing, and a new episode
   * has begun. An environment that fails again and again, or cannot begin, throws {@link
   * EnvironmentFailure} instead.
   */
  boolean[] abandoned();

  /** Why a lane's episode broke off in the last step, a sentence; null if it did not. */
  @Nullable String failure(int lane);

  @Override
  default void close() {}
}
