package dev.relive.environments;

import org.jspecify.annotations.Nullable;

/** An environment broke its own rules or broke down; the message says which and how. */
public final class EnvironmentFailure extends RuntimeException {
  private static final long serialVersionUID = 1;

  public EnvironmentFailure(String message) {
    super(message);
  }

  public EnvironmentFailure(String message, @Nullable Throwable cause) {
    super(message, cause);
  }
}
