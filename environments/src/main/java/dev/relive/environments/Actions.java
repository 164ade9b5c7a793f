package dev.relive.environments;

/** Checks rows of actions against their space before anything moves. */
final class Actions {
  private Actions() {}

  static void check(EnvironmentSpec spec, int lanes, int[] actions) {
    if (!(spec.actionSpace() instanceof Discrete discrete)) {
      throw wrongKind(spec, "int");
    }
    if (actions.length != lanes) {
      throw new IllegalArgumentException(
          "%s takes an action for each of its %d lanes, and got %d."
              .formatted(spec.id(), lanes, actions.length));
    }
    for (int action : actions) {
      if (!discrete.contains(action)) {
        throw new IllegalArgumentException(
            "An action of %s must be in %s, and is %d.".formatted(spec.id(), discrete, action));
      }
    }
  }

  static IllegalStateException wrongKind(EnvironmentSpec spec, String kind) {
    return new IllegalStateException(
        "The actions of %s are of %s, and got %s actions."
            .formatted(spec.id(), spec.actionSpace(), kind));
  }
}
