package dev.relive.cli;

import dev.relive.cli.display.Numbers;
import dev.relive.environments.Environment;
import org.jspecify.annotations.Nullable;

/** An episode under way. */
final class Episode {

  private final Environment environment;
  private final PlayPolicy policy;
  private final long seed;
  private float[] observation;
  private @Nullable Action action;
  private double total;
  private long steps;
  private boolean terminated;
  private boolean truncated;

  /**
   * What came of an episode.
   *
   * @param total its return: the sum of its rewards
   */
  record Result(double total, long steps, boolean terminated, boolean truncated) {}

  /** Begins an episode. */
  Episode(Environment environment, PlayPolicy policy, long seed) {
    this.environment = environment;
    this.policy = policy;
    this.seed = seed;
    observation = environment.reset(seed);
    policy.begin();
  }

  boolean isOver() {
    return terminated || truncated;
  }

  /** Goes on by a step. */
  void step() {
    Action chosen = policy.choose(observation);
    Environment.Step step = chosen.in(environment);
    action = chosen;
    observation = step.observation();
    total += step.reward();
    steps++;
    terminated = step.terminated();
    truncated = step.truncated();
  }

  long steps() {
    return steps;
  }

  /** What has come of it so far. */
  Result result() {
    return new Result(total, steps, terminated, truncated);
  }

  /** Where it stands, in a line. */
  String standing() {
    String done = action == null ? "" : " · action " + action;
    return "%s · %s · seed %d · step %s%s · return %s"
        .formatted(
            environment.spec().id(),
            policy.name(),
            seed,
            Numbers.count(steps),
            done,
            Numbers.decimal(total));
  }
}
