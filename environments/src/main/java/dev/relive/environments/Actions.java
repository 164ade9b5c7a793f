package dev.relive.environments;

/** Checks rows of actions against their space before anything moves. */
final class Actions {
  private Actions() {}

  /** Rows of integers. */
  static void check(EnvironmentSpec spec, int lanes, int[] actions) {
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
   */
  static void check(EnvironmentSpec spec, int lanes, float[] actions) {
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
