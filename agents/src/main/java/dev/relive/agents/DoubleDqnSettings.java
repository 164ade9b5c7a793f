package dev.relive.agents;

import java.util.LinkedHashMap;
import java.util.Map;

/**
 * What a double DQN update depends on besides its batch. {@link #DEFAULTS} says of each number
 * where it comes from; the settings around the update (batch, discount, exploration, schedule)
 * stand with theirs in {@code docs/algorithms/double-dqn.md}.
 *
 * @param learningRate α of Adam
 * @param beta1 decay of Adam's first moment per update
 * @param beta2 decay of Adam's second moment per update
 * @param adamEpsilon ε of Adam, added to the root of the corrected second moment as PyTorch does
 * @param huberDelta the error, in units of return, from which on the loss grows linearly
 * @param maxGradientNorm the global norm that a gradient is clipped to
 * @param targetUpdateInterval updates from one move of the target network to the next
 * @param targetUpdateFraction τ, how much of the way the target network goes then; 1 copies
 */
public record DoubleDqnSettings(
    double learningRate,
    double beta1,
    double beta2,
    double adamEpsilon,
    double huberDelta,
    double maxGradientNorm,
    int targetUpdateInterval,
    double targetUpdateFraction) {

  /** Chosen on CartPole-v1. */
  public static final DoubleDqnSettings DEFAULTS =
      new DoubleDqnSettings(
          1e-3, // less than half of rl-baselines3-zoo's 2.3e-3
          0.9, // Kingma and Ba 2015, PyTorch
          0.999, // Kingma and Ba 2015, PyTorch
          1e-8, // Kingma and Ba 2015, PyTorch
          1, // Mnih et al. 2015: the error is clipped to [-1, 1]
          10, // Stable-Baselines3
          1, // Lillicrap et al. 2016, in place of a copy every 10 updates as the zoo has it
          0.02); // Lillicrap et al. 2016 have 0.001, for a million updates instead of 15,000

  /**
   * @throws IllegalArgumentException when a number is out of its range
   */
  public DoubleDqnSettings {
    require(learningRate > 0, "learning rate", learningRate, "more than 0");
    require(beta1 >= 0 && beta1 < 1, "beta1 of Adam", beta1, "0 to below 1");
    require(beta2 >= 0 && beta2 < 1, "beta2 of Adam", beta2, "0 to below 1");
    require(adamEpsilon > 0, "epsilon of Adam", adamEpsilon, "more than 0");
    require(huberDelta > 0, "delta of the Huber loss", huberDelta, "more than 0");
    require(maxGradientNorm > 0, "gradient norm allowed", maxGradientNorm, "more than 0");
    require(targetUpdateInterval > 0, "target interval", targetUpdateInterval, "1 or more");
    require(
        targetUpdateFraction > 0 && targetUpdateFraction <= 1,
        "target update fraction",
        targetUpdateFraction,
        "more than 0, at most 1");
  }

  private static void require(boolean holds, String name, double value, String allowed) {
    if (!holds) {
      throw new IllegalArgumentException(
          "The " + name + " is " + value + "; allowed is " + allowed + ".");
    }
  }

  /** What {@code DoubleDqn.py} and {@code Adam.py} read from {@code self}. */
  Map<String, ?> scriptAttributes() {
    Map<String, Double> attributes = new LinkedHashMap<>();
    attributes.put("learning_rate", learningRate);
    attributes.put("beta1", beta1);
    attributes.put("beta2", beta2);
    attributes.put("epsilon", adamEpsilon);
    attributes.put("huber_delta", huberDelta);
    attributes.put("max_gradient_norm", maxGradientNorm);
    attributes.put("tau", targetUpdateFraction);
    return attributes;
  }
}
