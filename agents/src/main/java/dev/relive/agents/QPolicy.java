package dev.relive.agents;

import dev.relive.agents.torch.Compute;
import dev.relive.environments.random.Generator;
import java.nio.FloatBuffer;

/** Acts by the action values of a network, q(s, ·): ε-greedily in training. */
public final class QPolicy implements ActingPolicy {

  private final int actionCount;
  private final LaneOutputs values;

  /**
   * A policy whose weights are all zero until they are loaded.
   *
   * @param lanes how many observations come at once
   */
  public QPolicy(Compute compute, NetworkSpec network, int lanes) {
    actionCount = network.requireHeads(Heads.ACTION_VALUES).actionCount();
    values = new LaneOutputs(compute, network, lanes);
  }

  @Override
  public void load(float[] weights) {
    values.load(weights);
  }

  /** Chooses ε-greedily, with two draws per lane. */
  @Override
  public void act(
      float[] observations,
      double epsilon,
      Generator random,
      int[] actions,
      float[] probabilities) {
    EpsilonGreedy.choose(
        values.of(observations), actionCount, epsilon, random, actions, probabilities);
  }

  @Override
  public void actGreedily(float[] observations, int[] actions) {
    values.greedy(observations, actionCount, actions);
  }

  /** The values that the last choice was made by: [lanes, actions], overwritten by the next. */
  public FloatBuffer values() {
    return values.newest();
  }

  @Override
  public void close() {
    values.close();
  }
}
