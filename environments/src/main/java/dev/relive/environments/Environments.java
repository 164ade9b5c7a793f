package dev.relive.environments;

import java.util.ArrayList;
import java.util.Collection;
import java.util.Collections;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.ServiceConfigurationError;
import java.util.ServiceLoader;
import java.util.Set;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * The environments that can be had by their ids: those of this program, those of other jars on the
 * class path ({@link EnvironmentProvider}) and those outside it ({@link ForeignEnvironments}).
 */
public final class Environments {
  private static final Map<String, Registration> REGISTERED = new TreeMap<>();
  private static final Set<String> GUARDED = new HashSet<>();
  private static final Map<String, ForeignEnvironments> FOREIGN = new TreeMap<>();

  static {
    ServiceLoader.load(EnvironmentProvider.class).forEach(Environments::register);
    ServiceLoader.load(ForeignEnvironments.class)
        .forEach(foreign -> FOREIGN.put(foreign.scheme(), foreign));
  }

  private Environments() {}

  /** All environments in Java, in the order of their ids. */
  public static Collection<Registration> registrations() {
    return Collections.unmodifiableCollection(REGISTERED.values());
  }

  /** All kinds of environments outside this program. */
  public static Collection<ForeignEnvironments> foreign() {
    return Collections.unmodifiableCollection(FOREIGN.values());
  }

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
    ForeignEnvironments foreign = foreign(id);
    return foreign == null ? registered(id).spec(options) : foreign.spec(id, options);
  }

  /**
   * Makes one environment.
   *
   * @throws IllegalArgumentException if there is no such environment or option, or a value is not
   *     allowed
   */
  public static Environment environment(EnvironmentSpec spec) {
    ForeignEnvironments foreign = foreign(spec.id());
    return foreign == null
        ? new NativeEnvironment(spec, registered(spec.id()).task(spec))
        : foreign.environment(spec);
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
    ForeignEnvironments foreign = foreign(spec.id());
    return foreign == null
        ? new NativeVectorEnvironment(
            spec, registered(spec.id()).task(spec), lanes, GUARDED.contains(spec.id()))
        : foreign.vector(spec, lanes);
  }

  private static void register(EnvironmentProvider provider) {
    boolean ours =
        provider.getClass().getPackageName().startsWith(Environments.class.getPackageName());
    for (Registration registration : provider.registrations()) {
      if (REGISTERED.putIfAbsent(registration.id(), registration) != null) {
        throw new ServiceConfigurationError(
            "%s adds an environment '%s', and there is one already."
                .formatted(provider.getClass().getName(), registration.id()));
      }
      if (!ours) {
        GUARDED.add(registration.id());
      }
    }
  }

  private static @Nullable ForeignEnvironments foreign(String id) {
    int colon = id.indexOf(':');
    return colon < 0 ? null : FOREIGN.get(id.substring(0, colon));
  }

  private static Registration registered(String id) {
    Registration registration = REGISTERED.get(id);
    if (registration == null) {
      List<String> known = new ArrayList<>(ids());
      FOREIGN.keySet().forEach(scheme -> known.add(scheme + ":…"));
      throw new IllegalArgumentException(
          "There is no environment '%s'; there are: %s.".formatted(id, String.join(", ", known)));
    }
    return registration;
  }
}
