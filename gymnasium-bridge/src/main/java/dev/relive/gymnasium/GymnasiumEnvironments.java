package dev.relive.gymnasium;

import dev.relive.environments.Environment;
import dev.relive.environments.EnvironmentSpec;
import dev.relive.environments.ForeignEnvironments;
import dev.relive.environments.VectorEnvironment;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentHashMap;

/**
 * The environments that a Python interpreter's Gymnasium can make. Their options are the keyword
 * arguments of {@code gymnasium.make}.
 */
public final class GymnasiumEnvironments implements ForeignEnvironments {
  private final Map<Asked, EnvironmentSpec> known = new ConcurrentHashMap<>();

  /** What a spec answers. */
  private record Asked(PythonSettings settings, String id, Map<String, String> options) {}

  /** Made by those who look for {@link ForeignEnvironments}. */
  public GymnasiumEnvironments() {}

  @Override
  public String scheme() {
    return "gymnasium";
  }

  @Override
  public String description() {
    return "Every environment that Gymnasium can make in your Python (--python), such as"
        + " gymnasium:LunarLander-v3 or gymnasium:my_module:MyEnvironment-v0.";
  }

  @Override
  public EnvironmentSpec spec(String id, Map<String, String> options) {
    PythonSettings settings = PythonSettings.ofProcess();
    Asked asked = new Asked(settings, id, Map.copyOf(new TreeMap<>(options)));
    EnvironmentSpec spec = known.get(asked);
    if (spec == null) {
      try (PythonLanes lanes = PythonLanes.make(settings, id, id, options, 1, false)) {
        spec = lanes.spec();
      } catch (PythonRefusal | PythonLost e) {
        throw refused(settings, id, e);
      }
      known.put(asked, spec);
    }
    return spec;
  }

  @Override
  public Environment environment(EnvironmentSpec spec) {
    PythonSettings settings = PythonSettings.ofProcess();
    try {
      return new GymnasiumEnvironment(settings, spec);
    } catch (PythonRefusal | PythonLost e) {
      throw refused(settings, spec.id(), e);
    }
  }

  @Override
  public VectorEnvironment vector(EnvironmentSpec spec, int lanes) {
    PythonSettings settings = PythonSettings.ofProcess();
    try {
      return new GymnasiumVectorEnvironment(settings, spec, lanes);
    } catch (PythonRefusal | PythonLost e) {
      throw refused(settings, spec.id(), e);
    }
  }

  private static IllegalArgumentException refused(
      PythonSettings settings, String id, Exception failure) {
    String reason = (failure instanceof PythonLost ? "it " : "") + failure.getMessage();
    return new IllegalArgumentException(
        "%s cannot be made with the Python '%s': %s%s"
            .formatted(id, settings.interpreter(), reason, reason.matches(".*[.?!]") ? "" : "."),
        failure);
  }
}
