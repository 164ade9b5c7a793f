package dev.relive.environments;

import java.util.Map;
import java.util.OptionalDouble;

/**
 * A task, named so completely that it can be made again: see {@link Environments}.
 *
 * @param id Gymnasium's id, for example CartPole-v1
 * @param options every option of the environment with its value as text
 * @param maxEpisodeSteps an episode is truncated after so many steps; 0: never
 * @param rewardThreshold the mean return from which on the task counts as solved
 * @param observationSpace what an observation can be
 * @param actionSpace what an action can be
 */
public record EnvironmentSpec(
    String id,
    Map<String, String> options,
    int maxEpisodeSteps,
    OptionalDouble rewardThreshold,
    Space observationSpace,
    Space actionSpace) {
  public EnvironmentSpec {
    options = Map.copyOf(options);
    if (maxEpisodeSteps < 0) {
      throw new IllegalArgumentException(
          "The longest episode of "
              + id
              + " must be 0 (no limit) or more steps, and is "
              + maxEpisodeSteps
              + ".");
    }
  }
}
