package dev.relive.agents;

import static dev.relive.agents.Requirement.require;

import java.util.HashMap;
import java.util.Map;

/**
 * What a double DQN update depends on besides its batch. {@link #DEFAULTS} says of each number
 * where it comes from; the settings around the update (batch, discount, exploration, schedule)
 * stand with theirs in {@code docs/algorithms/double-dqn.md}.
 *
 * @param adam the optimiser's
 * @param huberDelta the error, in units of return, from which on the loss grows linearly
 * @param targetUpdateInterval updates from one move of the target network to the next
 * @param targetUpdateFraction τ, how much of the way the target network goes then; 1 copies
 */
public record DoubleDqnSettings(
    AdamSettings adam, double huberDelta, int targetUpdateInterval, double targetUpdateFraction) {

  /** Chosen on CartPole-v1. */
  public static final DoubleDqnSettings DEFAULTS =
      new DoubleDqnSettings(
          AdamSettings.of(
              1e-3, // less than half of rl-baselines3-zoo's 2.3e-3
              10), // Stable-Baselines3
          1, // Mnih et al. 2015: the error is clipped to [-1, 1]
          1, // Lillicrap et al. 2016, in place of a copy every 10 updates as the zoo has it
          0.02); // Lillicrap et al. 2016 have 0.001, for a million updates instead of 15,000

  /**
   * @throws IllegalArgumentException when a number is out of its range
   */
  public DoubleDqnSettings {
    require(huberDelta > 0, "delta of the Huber loss", huberDelta, "more than 0");
    require(targetUpdateInterval > 0, "target interval", targetUpdateInterval, "1 or more");
    require(
        targetUpdateFraction > 0 && targetUpdateFraction <= 1,
        "target update fraction",
        targetUpdateFraction,
        "more than 0, at most 1");
  }

  /** What {@code DoubleDqn.py} and {@code Adam.py} read from {@code self}. */
  Map<String, ?> scriptAttributes() {
    Map<String, Double> attributes = new HashMap<>(adam.scriptAttributes());
    attributes.put("huber_delta", huberDelta);
    attributes.put("tau", targetUpdateFraction);
    return attributes;
  }
}
