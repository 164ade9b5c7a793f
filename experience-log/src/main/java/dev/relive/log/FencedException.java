package dev.relive.log;

/** Another learner has taken the run over: this one can commit nothing more and must end. */
public final class FencedException extends LogException {
  FencedException(String run, Throwable cause) {
    super(
        "Another learner has taken over run %s, so this one ends without publishing anything more."
            .formatted(run),
        cause);
  }
}
