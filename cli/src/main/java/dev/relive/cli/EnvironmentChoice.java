package dev.relive.cli;

import dev.relive.environments.EnvironmentSpec;
import dev.relive.environments.Environments;
import dev.relive.service.UserException;
import java.util.Map;
import java.util.Optional;

/**
 * An environment as the user names it.
 *
 * @param id empty where it is not stated
 * @param options chosen, as text
 */
record EnvironmentChoice(Optional<String> id, Map<String, String> options) {

  EnvironmentChoice {
    options = Map.copyOf(options);
  }

  /** Whether nothing is said of it. */
  boolean isOpen() {
    return id.isEmpty() && options.isEmpty();
  }

  /**
   * The environment.
   *
   * @param usual its id where none is stated
   * @throws UserException if there is none such
   */
  EnvironmentSpec spec(String usual) {
    try {
      return Environments.spec(id.orElse(usual), options);
    } catch (IllegalArgumentException e) {
      throw new UserException(String.valueOf(e.getMessage()), ExitCode.USAGE, e);
    }
  }
}
