package dev.relive.environments.tabular;

import dev.relive.environments.random.Generator;
import java.util.ArrayList;
import java.util.List;

/**
 * A finite Markov decision process as a table: the outcomes of each action in each state with their
 * probabilities, and with which probability an episode begins in each state. States and actions
 * count from 0.
 *
 * <p>Every draw takes one {@link Generator#random}, also where there is a single outcome, and the
 * first outcome at which the sum of the probabilities is above it, as Gymnasium's toy text
 * environments do.
 */
public final class MarkovDecisionProcess {
  private static final double ROUNDING = 1e-9;

  private final int states;
  private final int actions;

  /** Of each state and action the first outcome, and behind the last the number of all. */
  private final int[] first;

  private final double[] cumulative;
  private final List<Outcome> outcomes;
  private final int[] next;
  private final double[] reward;
  private final boolean[] terminated;
  private final double[] cumulativeStart;

  /**
   * What an action can lead to.
   *
   * @param probability from 0 to 1
   * @param next the state after it
   * @param terminated whether it ends the episode
   */
  public record Outcome(double probability, int next, double reward, boolean terminated) {}

  /** The outcomes of an action in a state, in the order in which they are drawn. */
  @FunctionalInterface
  public interface Outcomes {
    List<Outcome> of(int state, int action);
  }

  /**
   * @param start with which probability an episode begins in each state
   * @param actions how many there are in each state
   * @throws IllegalArgumentException if probabilities do not add up to 1, or a next state does not
   *     exist
   */
  public MarkovDecisionProcess(double[] start, int actions, Outcomes table) {
    this.states = start.length;
    this.actions = actions;
    cumulativeStart = cumulative(start);
    first = new int[Math.multiplyExact(states, actions) + 1];
    List<Outcome> all = new ArrayList<>();
    for (int state = 0; state < states; state++) {
      for (int action = 0; action < actions; action++) {
        List<Outcome> outcomes = table.of(state, action);
        check(state, action, outcomes);
        all.addAll(outcomes);
        first[state * actions + action + 1] = all.size();
      }
    }
    outcomes = List.copyOf(all);
    cumulative = new double[outcomes.size()];
    next = new int[outcomes.size()];
    reward = new double[outcomes.size()];
    terminated = new boolean[outcomes.size()];
    fill();
  }

  private void fill() {
    for (int row = 0; row < first.length - 1; row++) {
      double sum = 0;
      for (int i = first[row]; i < first[row + 1]; i++) {
        Outcome outcome = outcomes.get(i);
        sum += outcome.probability();
        cumulative[i] = sum;
        next[i] = outcome.next();
        reward[i] = outcome.reward();
        terminated[i] = outcome.terminated();
      }
    }
  }

  private static double[] cumulative(double[] start) {
    double[] cumulative = new double[start.length];
    double sum = 0;
    for (int state = 0; state < start.length; state++) {
      sum += start[state];
      cumulative[state] = sum;
    }
    requireOne(sum, "that an episode begins in a state");
    return cumulative;
  }

  private void check(int state, int action, List<Outcome> outcomes) {
    double sum = 0;
    for (Outcome outcome : outcomes) {
      sum += outcome.probability();
      if (outcome.next() < 0 || outcome.next() >= states) {
        throw new IllegalArgumentException(
            "Action %d in state %d leads to state %d; states are 0 to %d."
                .formatted(action, state, outcome.next(), states - 1));
      }
    }
    requireOne(sum, "of what action %d in state %d leads to".formatted(action, state));
  }

  private static void requireOne(double sum, String what) {
    if (!(Math.abs(sum - 1) < ROUNDING)) {
      throw new IllegalArgumentException(
          "The probabilities %s must add up to 1, and add up to %s.".formatted(what, sum));
    }
  }

  public int states() {
    return states;
  }

  public int actions() {
    return actions;
  }

  /** All that an action in a state can lead to. */
  public List<Outcome> outcomes(int state, int action) {
    int row = state * actions + action;
    return outcomes.subList(first[row], first[row + 1]);
  }

  /** Draws the state that an episode begins in. */
  public int drawStart(Generator random) {
    double u = random.random();
    int low = 0;
    int high = states;
    while (low < high) {
      int middle = (low + high) >>> 1;
      if (cumulativeStart[middle] > u) {
        high = middle;
      } else {
        low = middle + 1;
      }
    }
    return low == states ? 0 : low;
  }

  /** Draws the number of an outcome of an action, for {@link #next} and so on. */
  public int draw(Generator random, int state, int action) {
    double u = random.random();
    int row = state * actions + action;
    for (int i = first[row]; i < first[row + 1]; i++) {
      if (cumulative[i] > u) {
        return i;
      }
    }
    return first[row];
  }

  /** The state that an outcome leads to. */
  public int next(int outcome) {
    return next[outcome];
  }

  public double reward(int outcome) {
    return reward[outcome];
  }

  /** Whether an outcome ends the episode. */
  public boolean terminated(int outcome) {
    return terminated[outcome];
  }
}
