package dev.relive.environments;

import java.util.Map;

/**
 * Environments outside this process, known by ids that begin with a scheme, such as {@code
 * gymnasium:LunarLander-v3}. Found as {@link EnvironmentProvider}s are.
 */
public interface ForeignEnvironments {
  /** What their ids begin with, without the colon. */
  String scheme();

  /** A line that says what they are. */
  String description();

  /**
   * An environment with options chosen.
   *
   * @param id the whole id, scheme included
   * @throws IllegalArgumentException if it cannot be had, with a sentence that says why
   */
  EnvironmentSpec spec(String id, Map<String, String> options);

  /** Makes one environment. */
  Environment environment(EnvironmentSpec spec);

  /** Makes lanes of an environment, 1 or more. */
  VectorEnvironment vector(EnvironmentSpec spec, int lanes);
}
