package dev.relive.agents;

import dev.relive.environments.random.Generator;
import java.nio.FloatBuffer;

/**
 * ε-greedy choice: with probability ε any action, each as likely, else the one of the highest
 * value, the first of several. Two draws per lane whatever is chosen, so that a lane's exploration
 * does not depend on its neighbours'.
 */
final class EpsilonGreedy {

  private EpsilonGreedy() {}

  /**
   * @param values [lanes, actionCount]
   * @param actions [lanes], receives the choices
   * @param probabilities [lanes], receives with which probability each choice was made
   */
  static void choose(
      FloatBuffer values,
      int actionCount,
      double epsilon,
      Generator random,
      int[] actions,
      float[] probabilities) {
    float anyProbability = (float) (epsilon / actionCount);
    float greedyProbability = (float) (1 - epsilon + epsilon / actionCount);
    for (int lane = 0; lane < actions.length; lane++) {
      int greedy = greedy(values, lane * actionCount, actionCount);
      boolean explores = random.random() < epsilon;
      int any = (int) (random.random() * actionCount);
      actions[lane] = explores ? any : greedy;
      probabilities[lane] = actions[lane] == greedy ? greedyProbability : anyProbability;
    }
  }

  /**
   * The index of the highest of {@code count} values from {@code offset} on, the first of several.
   */
  static int greedy(FloatBuffer values, int offset, int count) {
    int best = 0;
    for (int action = 1; action < count; action++) {
      if (values.get(offset + action) > values.get(offset + best)) {
        best = action;
      }
    }
    return best;
  }
}
