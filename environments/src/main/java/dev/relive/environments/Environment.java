package dev.relive.environments;

import java.awt.image.BufferedImage;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * One environment, with the meaning of Gymnasium's {@code Env}: {@code reset} begins an episode,
 * {@code step} goes on with it until it is terminated or truncated. Not safe for use by several
 * threads.
 */
public interface Environment extends AutoCloseable {
  EnvironmentSpec spec();

  /**
   * Begins an episode.
   *
   * @param seed starts the environment's random stream anew; null: the stream goes on where it is
   * @param options reset options as text, for example low = -0.1; what is missing takes its default
   * @return the first observation, a row of the observation space
   * @throws IllegalStateException if there is no seed and there never was one
   * @throws IllegalArgumentException if the seed is negative, or an option is unknown or has no
   *     allowed value
   */
  float[] reset(@Nullable Long seed, Map<String, String> options);

  /** Begins an episode with a new random stream. */
  default float[] reset(long seed) {
    return reset(seed, Map.of());
  }

  /** Begins an episode, the random stream going on. */
  default float[] reset() {
    return reset(null, Map.of());
  }

  /**
   * Does an action.
   *
   * @param action a row of an action space of integers
   * @throws IllegalStateException if no episode is going on, or the actions are not integers
   * @throws IllegalArgumentException if the action is not in the action space
   */
  Step step(int... action);

  /**
   * Does an action.
   *
   * @param action a row of a box
   * @throws IllegalStateException if no episode is going on, or the actions are not floats
   * @throws IllegalArgumentException if the action is not in the action space
   */
  Step step(float... action);

  /** The present state as a picture of some lines of text. */
  String text();

  /** The present state as an image. */
  BufferedImage image();

  @Override
  default void close() {}

  /**
   * What an action led to.
   *
   * @param observation the observation after it, a row of the observation space
   * @param reward its reward
   * @param terminated whether the task ended, so that no reward can follow
   * @param truncated whether a limit outside the task, such as the longest episode, was reached;
   *     both can be true
   */
  @SuppressWarnings("ArrayRecordComponent") // a result to read, not a value to compare
  record Step(float[] observation, double reward, boolean terminated, boolean truncated) {
    public boolean ended() {
      return terminated || truncated;
    }
  }
}
