package dev.relive.environments;

import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/** The environments that can be had by their ids. */
public final class Environments {
  private static final Map<String, Registration> REGISTERED = new TreeMap<>();

  static {
    CartPole.REGISTRATIONS.forEach(registration -> REGISTERED.put(registration.id(), registration));
  }

  private Environments() {}

  /** All ids in their order. */
  public static List<String> ids() {
    return List.copyOf(REGISTERED.keySet());
  }

  /** The environment with its default options. */
  public static EnvironmentSpec spec(String id) {
    return spec(id, Map.of());
  }

  /**
   * The environment with some of its options chosen, as text.
   *
   * @throws IllegalArgumentException if there is no such environment or option, or a value is not
   *     allowed
   */
  public static EnvironmentSpec spec(String id, Map<String, String> options) {
    return registered(id).spec(options);
  }

  /**
   * Makes one environment.
   *
   * @throws IllegalArgumentException if there is no such environment or option, or a value is not
   *     allowed
   */
  public static Environment environment(EnvironmentSpec spec) {
    return new NativeEnvironment(spec, task(spec));
  }

  /**
   * Makes lanes of an environment.
   *
   * @param lanes how many, 1 or more
   * @throws IllegalArgumentException if there are no lanes, no such environment or option, or a
   *     value is not allowed
   */
  public static VectorEnvironment vector(EnvironmentSpec spec, int lanes) {
    if (lanes <= 0) {
      throw new IllegalArgumentException(
          "The lanes of " + spec.id() + " must be 1 or more, and are " + lanes + ".");
    }
    return new NativeVectorEnvironment(spec, task(spec), lanes);
  }

  private static Task task(EnvironmentSpec spec) {
    return registered(spec.id()).task(spec.options());
  }

  private static Registration registered(String id) {
    Registration registration = REGISTERED.get(id);
    if (registration == null) {
      throw new IllegalArgumentException(
          "There is no environment '%s'; there are: %s.".formatted(id, String.join(", ", ids())));
    }
    return registration;
  }
}
