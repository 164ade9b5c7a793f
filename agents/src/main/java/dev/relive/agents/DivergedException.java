package dev.relive.agents;

/** Learning has gone where no number is finite any more, and cannot go on. */
public final class DivergedException extends IllegalStateException {
  DivergedException(String message) {
    super(message);
  }
}
