package dev.relive.learner;

import dev.relive.log.LogException;
import java.io.Serial;

/** A run that has come to its end, so that no learner goes on with it. */
public final class RunEndedException extends LogException {
  @Serial private static final long serialVersionUID = 1L;

  private final String run;

  RunEndedException(String run, String message) {
    super(message);
    this.run = run;
  }

  /** The run's id. */
  public String run() {
    return run;
  }
}
