package dev.relive.environments.textbook;

import dev.relive.environments.Discrete;
import dev.relive.environments.Option;
import dev.relive.environments.Options;
import dev.relive.environments.Registration;
import dev.relive.environments.Task;
import dev.relive.environments.random.Generator;
import dev.relive.environments.tabular.MarkovDecisionProcess;
import dev.relive.environments.tabular.MarkovDecisionProcess.Outcome;
import dev.relive.environments.tabular.TabularDynamics;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.OptionalDouble;

/**
 * A random finite Markov decision process (GARNET). Each action in each state leads to a few
 * different states, drawn uniformly; their probabilities are the pieces of [0, 1) cut at uniformly
 * drawn points. Its reward, uniform in [-1, 1), is the same wherever it leads to. An episode begins
 * anywhere, all states equally likely, and nothing but its longest length ends it. An observation
 * is the state.
 *
 * <p>Source: T. Archibald, K. McKinnon and L. Thomas, "On the Generation of Markov Decision
 * Processes", 1995.
 */
final class RandomMdp {
  private static final int MOST_STATES = 10_000;
  private static final int MOST_ACTIONS = 1_000;
  private static final int MOST_OUTCOMES = 1_000_000;
  private static final Option STATES = Option.integer("states", 10, "how many states there are");
  private static final Option ACTIONS = Option.integer("actions", 3, "how many actions there are");
  private static final Option BRANCHES =
      Option.integer("branches", 3, "how many states an action can lead to, at most all");
  private static final Option SEED = Option.integer("seed", 0, "seed of the process");

  static final Registration REGISTRATION =
      new Registration(
          "RandomMdp-v0",
          "A random finite Markov decision process.",
          100,
          OptionalDouble.empty(),
          List.of(STATES, ACTIONS, BRANCHES, SEED),
          RandomMdp::task);

  private RandomMdp() {}

  private static Task task(Options options) {
    MarkovDecisionProcess process = process(options);
    return new Task(
        new Discrete(process.states()),
        new Discrete(process.actions()),
        List.of(),
        lanes ->
            new TabularDynamics(
                lanes, process, 0, state -> "state %d of %d\n".formatted(state, process.states())));
  }

  private static MarkovDecisionProcess process(Options options) {
    int states = Limits.integer(options, STATES.name(), 1, MOST_STATES);
    int actions = Limits.integer(options, ACTIONS.name(), 1, MOST_ACTIONS);
    int branches = Math.min(Limits.integer(options, BRANCHES.name(), 1, MOST_STATES), states);
    int seed = Limits.integer(options, SEED.name(), 0, Integer.MAX_VALUE);
    long outcomes = (long) states * actions * branches;
    if (outcomes > MOST_OUTCOMES) {
      throw new IllegalArgumentException(
          "The options 'states', 'actions' and 'branches' must multiply to at most %,d, and give %,d."
              .formatted(MOST_OUTCOMES, outcomes));
    }
    return process(states, actions, branches, Generator.seeded(seed));
  }

  static MarkovDecisionProcess process(int states, int actions, int branches, Generator random) {
    double[] start = new double[states];
    Arrays.fill(start, 1.0 / states);
    return new MarkovDecisionProcess(
        start, actions, (state, action) -> outcomes(states, branches, random));
  }

  private static List<Outcome> outcomes(int states, int branches, Generator random) {
    int[] next = different(branches, states, random);
    double[] cuts = new double[branches + 1];
    for (int i = 1; i < branches; i++) {
      cuts[i] = random.random();
    }
    cuts[branches] = 1;
    Arrays.sort(cuts);
    double reward = random.uniform(-1, 1);
    List<Outcome> outcomes = new ArrayList<>();
    for (int i = 0; i < branches; i++) {
      outcomes.add(new Outcome(cuts[i + 1] - cuts[i], next[i], reward, false));
    }
    return outcomes;
  }

  /** Different numbers below a bound, by R. Floyd's algorithm. */
  private static int[] different(int count, int bound, Generator random) {
    int[] chosen = new int[count];
    for (int i = 0; i < count; i++) {
      int largest = bound - count + i;
      int drawn = random.integers(largest + 1);
      boolean taken = false;
      for (int j = 0; j < i; j++) {
        taken |= chosen[j] == drawn;
      }
      chosen[i] = taken ? largest : drawn;
    }
    return chosen;
  }
}
