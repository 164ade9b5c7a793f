package dev.relive.cli;

import dev.relive.environments.EnvironmentSpec;
import dev.relive.environments.Space;
import dev.relive.environments.random.Generator;
import dev.relive.service.UserException;

/** Every action is as likely as every other. */
final class RandomPolicy implements PlayPolicy {

  private final Space space;
  private final Generator random;

  /**
   * A policy for an environment.
   *
   * @param seed of its stream, which all episodes share
   * @throws UserException if there is no such policy, for the actions have no bounds
   */
  RandomPolicy(EnvironmentSpec environment, long seed) {
    space = environment.actionSpace();
    random = Generator.seeded(seed);
    for (int element = 0; element < space.size(); element++) {
      if (!Double.isFinite(space.high(element) - space.low(element))) {
        throw new UserException(
            "Actions of %s cannot be drawn at random, for they are without bounds: %s."
                .formatted(environment.id(), space));
      }
    }
  }

  @Override
  public Action choose(float[] observation) {
    if (space.integral()) {
      int[] row = new int[space.size()];
      space.sample(random, row, 0);
      return new Action.Integers(row);
    }
    float[] row = new float[space.size()];
    space.sample(random, row, 0);
    return new Action.Floats(row);
  }

  @Override
  public String name() {
    return "random";
  }
}
