package dev.relive.agents;

import static dev.relive.agents.Requirement.require;

import java.util.Map;

/**
 * What Adam's step depends on, and the clipping before it.
 *
 * @param learningRate α
 * @param beta1 decay of the first moment per update
 * @param beta2 decay of the second moment per update
 * @param epsilon ε, added to the root of the corrected second moment as PyTorch does
 * @param maxGradientNorm the global norm that a gradient is clipped to
 */
public record AdamSettings(
    double learningRate, double beta1, double beta2, double epsilon, double maxGradientNorm) {

  /**
   * @throws IllegalArgumentException when a number is out of its range
   */
  public AdamSettings {
    require(learningRate > 0, "learning rate", learningRate, "more than 0");
    require(beta1 >= 0 && beta1 < 1, "beta1 of Adam", beta1, "0 to below 1");
    require(beta2 >= 0 && beta2 < 1, "beta2 of Adam", beta2, "0 to below 1");
    require(epsilon > 0, "epsilon of Adam", epsilon, "more than 0");
    require(maxGradientNorm > 0, "gradient norm allowed", maxGradientNorm, "more than 0");
  }

  /** With the decays and the ε of Kingma and Ba 2015, which are PyTorch's. */
  public static AdamSettings of(double learningRate, double maxGradientNorm) {
    return new AdamSettings(learningRate, 0.9, 0.999, 1e-8, maxGradientNorm);
  }

  /** What {@code Adam.py} reads from {@code self}. */
  Map<String, Double> scriptAttributes() {
    return Map.of(
        "learning_rate", learningRate,
        "beta1", beta1,
        "beta2", beta2,
        "epsilon", epsilon,
        "max_gradient_norm", maxGradientNorm);
  }
}
