package dev.relive.environments;

import java.util.List;

/**
 * Adds environments that are written in Java: implementations that a jar names in {@code
 * META-INF/services/dev.relive.environments.EnvironmentProvider} are found when the jar is on the
 * class path.
 */
public interface EnvironmentProvider {
  /** The environments, each with an id that no other has. */
  List<Registration> registrations();
}
