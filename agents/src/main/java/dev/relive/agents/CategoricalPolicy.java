package dev.relive.agents;

import dev.relive.agents.torch.Compute;
import dev.relive.environments.random.Generator;
import java.nio.FloatBuffer;

/**
 * Acts by the logits of a network: π(a | s) = softmax(logits)<sub>a</sub>. In training it draws
 * from π; greedily it takes the likeliest action.
 */
public final class CategoricalPolicy implements ActingPolicy {

  private final int actionCount;
  private final int outputCount;
  private final LaneOutputs outputs;
  private final double[] weights;

  /**
   * A policy whose weights are all zero until they are loaded.
   *
   * @param lanes how many observations come at once
   */
  public CategoricalPolicy(Compute compute, NetworkSpec network, int lanes) {
    actionCount = network.requireHeads(Heads.POLICY_AND_VALUE).actionCount();
    outputCount = network.outputCount();
    outputs = new LaneOutputs(compute, network, lanes);
    weights = new double[actionCount];
  }

  @Override
  public void load(float[] parameters) {
    outputs.load(parameters);
  }

  /** Draws from π, once per lane; ε plays no part. */
  @Override
  public void act(
      float[] observations,
      double epsilon,
      Generator random,
      int[] actions,
      float[] probabilities) {
    FloatBuffer logits = outputs.of(observations);
    for (int lane = 0; lane < actions.length; lane++) {
      double sum = exponentials(logits, lane * outputCount);
      int action = draw(random.random() * sum);
      actions[lane] = action;
      probabilities[lane] = (float) (weights[action] / sum);
    }
  }

  /** Writes exp(logit − highest logit) of each action into the weights and returns their sum. */
  private double exponentials(FloatBuffer logits, int offset) {
    float highest = logits.get(offset + EpsilonGreedy.greedy(logits, offset, actionCount));
    double sum = 0;
    for (int action = 0; action < actionCount; action++) {
      // StrictMath: the same choices on every machine.
      weights[action] = StrictMath.exp((double) logits.get(offset + action) - highest);
      sum += weights[action];
    }
    return sum;
  }

  /** The first action at which the cumulative weight is above a point from 0 to below the sum. */
  private int draw(double point) {
    double cumulative = 0;
    for (int action = 0; action < actionCount - 1; action++) {
      cumulative += weights[action];
      if (cumulative > point) {
        return action;
      }
    }
    return actionCount - 1;
  }

  @Override
  public void actGreedily(float[] observations, int[] actions) {
    outputs.greedy(observations, actionCount, actions);
  }

  @Override
  public void close() {
    outputs.close();
  }
}
