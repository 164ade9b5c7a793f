package dev.relive.agents;

import dev.relive.agents.torch.Compute;
import dev.relive.environments.random.Generator;

/**
 * Acts for a number of lanes at once by a network: one native call and no allocation per step.
 *
 * <p>Not for use by several threads. Weights may be exchanged between two steps; until they are
 * loaded they are all zero.
 */
public sealed interface ActingPolicy extends AutoCloseable permits QPolicy, CategoricalPolicy {

  /**
   * The policy that a network's outputs are meant for.
   *
   * @param lanes how many observations come at once
   */
  static ActingPolicy of(Compute compute, NetworkSpec network, int lanes) {
    return switch (network.heads()) {
      case ACTION_VALUES -> new QPolicy(compute, network, lanes);
      case POLICY_AND_VALUE -> new CategoricalPolicy(compute, network, lanes);
    };
  }

  /**
   * Acts by these weights from now on.
   *
   * @param weights the network's parameter vector
   * @throws IllegalArgumentException when its length is not the network's
   */
  void load(float[] weights);

  /**
   * Chooses as the policy does in training, with a fixed number of draws per lane.
   *
   * @param observations [lanes, observation size], row-major
   * @param epsilon probability of an action at random, where the policy explores by it
   * @param actions [lanes], receives the choices
   * @param probabilities [lanes], receives with which probability each choice was made
   */
  void act(
      float[] observations, double epsilon, Generator random, int[] actions, float[] probabilities);

  /**
   * Chooses in every lane the action that the network prefers, the first of several.
   *
   * @param observations [lanes, observation size], row-major
   * @param actions [lanes], receives the choices
   */
  void actGreedily(float[] observations, int[] actions);

  @Override
  void close();
}
