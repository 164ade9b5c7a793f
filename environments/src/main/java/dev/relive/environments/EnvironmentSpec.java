package dev.relive.environments;

import java.util.Map;
import java.util.OptionalDouble;

/**
 * A task, named so completely that it can be made again: see {@link Environments}.
 *
 * @param id Gymnasium's id, for example CartPole-v1
 * @param options every option of the environment with its value as text
 * @param wrappers what is put around it
 * @param maxEpisodeSteps an episode is truncated after so many steps; 0: never
 * @param rewardThreshold the mean return from which on the task counts as solved
 * @param observationSpace what an observation can be
 * @param actionSpace what an action can be
 * @param versions of what steps it, by name; none where this program does
 */
public record EnvironmentSpec(
    String id,
    Map<String, String> options,
    Wrappers wrappers,
    int maxEpisodeSteps,
    OptionalDouble rewardThreshold,
    Space observationSpace,
    Space actionSpace,
    Map<String, String> versions) {
  public EnvironmentSpec {
    options = Map.copyOf(options);
    versions = Map.copyOf(versions);
    if (maxEpisodeSteps < 0) {
      throw new IllegalArgumentException(
          "The longest episode of "
              + id
              + " must be 0 (no limit) or more steps, and is "
              + maxEpisodeSteps
              + ".");
    }
  }

  /** A task as it is, without wrappers. */
  public EnvironmentSpec(
      String id,
      Map<String, String> options,
      int maxEpisodeSteps,
      OptionalDouble rewardThreshold,
      Space observationSpace,
      Space actionSpace) {
    this(
        id,
        options,
        Wrappers.NONE,
        maxEpisodeSteps,
        rewardThreshold,
        observationSpace,
        actionSpace,
        Map.of());
  }
}
