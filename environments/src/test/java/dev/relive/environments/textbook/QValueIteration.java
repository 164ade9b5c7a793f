package dev.relive.environments.textbook;

import dev.relive.environments.tabular.MarkovDecisionProcess;
import dev.relive.environments.tabular.MarkovDecisionProcess.Outcome;
import java.util.Arrays;

/** Q(s, a) = Σ p (r + discount max Q(s', ·)), applied until nothing changes any more. */
final class QValueIteration {
  private QValueIteration() {}

  static double[][] values(MarkovDecisionProcess process, double discount) {
    double[][] values = new double[process.states()][process.actions()];
    for (int i = 0; i < 2_000; i++) {
      double[] best = Arrays.stream(values).mapToDouble(QValueIteration::max).toArray();
      for (int state = 0; state < values.length; state++) {
        for (int action = 0; action < process.actions(); action++) {
          double sum = 0;
          for (Outcome outcome : process.outcomes(state, action)) {
            double future = outcome.terminated() ? 0 : discount * best[outcome.next()];
            sum += outcome.probability() * (outcome.reward() + future);
          }
          values[state][action] = sum;
        }
      }
    }
    return values;
  }

  static int best(double[] values) {
    int best = 0;
    for (int action = 1; action < values.length; action++) {
      best = values[action] > values[best] ? action : best;
    }
    return best;
  }

  private static double max(double[] values) {
    return values[best(values)];
  }
}
