package dev.relive.environments.textbook;

import dev.relive.environments.Discrete;
import dev.relive.environments.Options;
import dev.relive.environments.Registration;
import dev.relive.environments.Task;
import dev.relive.environments.tabular.MarkovDecisionProcess;
import dev.relive.environments.tabular.MarkovDecisionProcess.Outcome;
import dev.relive.environments.tabular.TabularDynamics;
import java.util.List;
import java.util.OptionalDouble;

/**
 * A Markov decision process of three states in which patience pays: the way to the reward of 40 in
 * state 2 leads through a loss of 50.
 *
 * <pre>
 * state 0: action 0 → 0.7 state 0 with +10, 0.3 state 1     state 1: action 0 → state 1
 *          action 1 → state 0                                        action 2 → state 2 with -50
 *          action 2 → 0.8 state 0, 0.2 state 1              state 2: action 1 → 0.8 state 0 with +40,
 *                                                                    0.1 state 1, 0.1 state 2
 * </pre>
 *
 * An action that a state does not have changes nothing and brings nothing, which is never better
 * than the best one it has. An episode begins in state 0, and nothing but its longest length ends
 * it. An observation is the state.
 *
 * <p>Source: A. Géron, "Hands-On Machine Learning with Scikit-Learn, Keras and TensorFlow", chapter
 * on reinforcement learning: with a discount of 0.90 the best actions are 0, 0 and 1, with 0.95
 * they are 0, 2 and 1.
 */
final class ThreeStateMdp {
  static final Registration REGISTRATION =
      new Registration(
          "ThreeStateMdp-v0",
          "Three states: is a loss on the way to a reward worth it?",
          100,
          OptionalDouble.empty(),
          List.of(),
          ThreeStateMdp::task);

  private ThreeStateMdp() {}

  private static Task task(Options options) {
    MarkovDecisionProcess process = process();
    return new Task(
        new Discrete(process.states()),
        new Discrete(process.actions()),
        List.of(),
        lanes -> new TabularDynamics(lanes, process, 0, ThreeStateMdp::text));
  }

  static MarkovDecisionProcess process() {
    return new MarkovDecisionProcess(new double[] {1, 0, 0}, 3, ThreeStateMdp::outcomes);
  }

  private static List<Outcome> outcomes(int state, int action) {
    return switch (3 * state + action) {
      case 0 -> List.of(to(0, 0.7, 10), to(1, 0.3, 0));
      case 2 -> List.of(to(0, 0.8, 0), to(1, 0.2, 0));
      case 5 -> List.of(to(2, 1, -50));
      case 7 -> List.of(to(0, 0.8, 40), to(1, 0.1, 0), to(2, 0.1, 0));
      default -> List.of(to(state, 1, 0));
    };
  }

  private static Outcome to(int next, double probability, double reward) {
    return new Outcome(probability, next, reward, false);
  }

  private static String text(int state) {
    StringBuilder text = new StringBuilder();
    for (int i = 0; i < 3; i++) {
      text.append(i == state ? "(" + i + ")" : " " + i + " ");
    }
    return text.toString().stripTrailing() + "\n";
  }
}
