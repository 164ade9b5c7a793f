package dev.relive.environments.textbook;

import dev.relive.environments.Discrete;
import dev.relive.environments.Option;
import dev.relive.environments.Options;
import dev.relive.environments.Registration;
import dev.relive.environments.Task;
import dev.relive.environments.random.Generator;
import java.util.List;
import java.util.OptionalDouble;

/**
 * A bandit with several arms: pulling one brings a normally distributed reward with variance 1,
 * whose mean is the arm's own, drawn once from the standard normal distribution. There is nothing
 * to observe: the observation is always 0, and nothing but the longest episode ends it.
 *
 * <p>Source: R. Sutton and A. Barto, "Reinforcement Learning: An Introduction", 2nd edition, 2018,
 * section 2.3: the 10-armed testbed, of runs of 1,000 steps.
 */
final class Bandit {
  private static final int MOST_ARMS = 1_000;
  private static final Option ARMS = Option.integer("arms", 10, "how many arms there are");
  private static final Option SEED = Option.integer("seed", 0, "seed of the arms' means");

  static final Registration REGISTRATION =
      new Registration(
          "Bandit-v0",
          "Find the best of several arms that bring random rewards.",
          1_000,
          OptionalDouble.empty(),
          List.of(ARMS, SEED),
          Bandit::task);

  private Bandit() {}

  private static Task task(Options options) {
    int arms = Limits.integer(options, ARMS.name(), 1, MOST_ARMS);
    int seed = Limits.integer(options, SEED.name(), 0, Integer.MAX_VALUE);
    double[] means = means(arms, Generator.seeded(seed));
    return new Task(
        new Discrete(1), new Discrete(arms), List.of(), lanes -> new BanditDynamics(lanes, means));
  }

  static double[] means(int arms, Generator random) {
    double[] means = new double[arms];
    for (int arm = 0; arm < arms; arm++) {
      means[arm] = StandardNormal.draw(random);
    }
    return means;
  }
}
