package dev.relive.environments;

/** Checks what lanes are told, rows of actions and seeds, before anything moves. */
public final class Actions {
  private Actions() {}

  /**
   * Rows of integers.
   *
   * @throws IllegalStateException if the actions are not integers
   * @throws IllegalArgumentException if their number is wrong or one is not in the action space
   */
  public static void check(EnvironmentSpec spec, int lanes, int[] actions) {
    Space space = spec.actionSpace();
    if (!space.integral()) {
      throw wrongKind(spec, "int");
    }
    checkCount(spec, lanes, actions.length);
    int size = space.size();
    for (int i = 0; i < actions.length; i++) {
      if (!space.contains(i % size, actions[i])) {
        throw outside(spec, actions[i]);
      }
    }
  }

  /**
   * Rows of floats: any that are numbers, for a box says what is of use, and not what is allowed.
   *
   * @throws IllegalStateException if the actions are integers
   * @throws IllegalArgumentException if their number is wrong or one is no number
   */
  public static void check(EnvironmentSpec spec, int lanes, float[] actions) {
    Space space = spec.actionSpace();
    if (space.integral()) {
      throw wrongKind(spec, "float");
    }
    checkCount(spec, lanes, actions.length);
    for (float action : actions) {
      if (Float.isNaN(action)) {
        throw outside(spec, action);
      }
    }
  }

  /**
   * A seed for each lane.
   *
   * @throws IllegalArgumentException if their number is not that of the lanes, or one is negative
   */
  public static void checkSeeds(EnvironmentSpec spec, int lanes, long[] seeds) {
    if (seeds.length != lanes) {
      throw new IllegalArgumentException(
          "%s takes a seed for each of its %d lanes, and got %d."
              .formatted(spec.id(), lanes, seeds.length));
    }
    for (long seed : seeds) {
      if (seed < 0) {
        throw new IllegalArgumentException(
            "A seed of %s must be at least 0, and is %d.".formatted(spec.id(), seed));
      }
    }
  }

  private static void checkCount(EnvironmentSpec spec, int lanes, int count) {
    int size = spec.actionSpace().size();
    if (count != lanes * size) {
      throw new IllegalArgumentException(
          size == 1
              ? "%s takes an action for each of its %d lanes, and got %d."
                  .formatted(spec.id(), lanes, count)
              : "%s takes %d numbers for each of its %d lanes, and got %d."
                  .formatted(spec.id(), size, lanes, count));
    }
  }

  private static IllegalArgumentException outside(EnvironmentSpec spec, Number action) {
    return new IllegalArgumentException(
        "An action of %s must be in %s, and is %s."
            .formatted(spec.id(), spec.actionSpace(), action));
  }

  static IllegalStateException wrongKind(EnvironmentSpec spec, String kind) {
    return new IllegalStateException(
        "The actions of %s are of %s, and got %s actions."
            .formatted(spec.id(), spec.actionSpace(), kind));
  }
}
