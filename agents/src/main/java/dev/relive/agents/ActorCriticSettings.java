package dev.relive.agents;

import static dev.relive.agents.Requirement.require;

import java.util.HashMap;
import java.util.Map;

/**
 * What an actor-critic update depends on besides its batch. {@link #DEFAULTS} says of each number
 * where it comes from; the settings around the update (batch, lanes, segments) stand with theirs in
 * {@code docs/algorithms/actor-critic.md}.
 *
 * @param adam the optimiser's
 * @param discount γ
 * @param lambda λ of the returns: 0 takes one reward and bootstraps, 1 takes all there are
 * @param valueWeight how much the critic's loss counts beside the actor's
 * @param entropyWeight how much the policy's entropy lowers the loss
 * @param corrects whether the update corrects for behaviour by other weights (V-trace), or takes
 *     its batch as made by the weights that it changes
 * @param maxRho ρ̄, the most that a step's ratio counts; where it corrects
 * @param maxC c̄, the most that a ratio passes on to the steps before it; where it corrects
 */
public record ActorCriticSettings(
    AdamSettings adam,
    double discount,
    double lambda,
    double valueWeight,
    double entropyWeight,
    boolean corrects,
    double maxRho,
    double maxC) {

  /** Chosen on CartPole-v1. */
  public static final ActorCriticSettings DEFAULTS =
      new ActorCriticSettings(
          AdamSettings.of(
              7.5e-3, // Stable-Baselines3 has 7e-4, for 12,500 updates instead of a hundred
              0.5), // Stable-Baselines3
          0.98, // rl-baselines3-zoo's PPO; its A2C has 0.99
          0.95, // Schulman et al. 2016 find 0.92 to 0.98 best on this task
          0.1, // Stable-Baselines3 has 0.5, RLlib's IMPALA 0.05 on this task
          0.01, // Mnih et al. 2016
          false, // lockstep
          1, // Espeholt et al. 2018
          1); // Espeholt et al. 2018

  /**
   * @throws IllegalArgumentException when a number is out of its range
   */
  public ActorCriticSettings {
    require(discount >= 0 && discount <= 1, "discount", discount, "0 to 1");
    require(lambda >= 0 && lambda <= 1, "lambda", lambda, "0 to 1");
    require(valueWeight >= 0, "weight of the value loss", valueWeight, "0 or more");
    require(entropyWeight >= 0, "weight of the entropy", entropyWeight, "0 or more");
    require(maxRho >= 1, "largest rho", maxRho, "1 or more");
    require(maxC >= 1, "largest c", maxC, "1 or more");
  }

  /** What {@code ActorCritic.py}, {@code VTrace.py} and {@code Adam.py} read from {@code self}. */
  Map<String, ?> scriptAttributes() {
    Map<String, Object> attributes = new HashMap<>(adam.scriptAttributes());
    attributes.put("discount", discount);
    attributes.put("lambda_", lambda);
    attributes.put("value_weight", valueWeight);
    attributes.put("entropy_weight", entropyWeight);
    attributes.put("corrects", corrects);
    attributes.put("max_rho", maxRho);
    attributes.put("max_c", maxC);
    return attributes;
  }
}
