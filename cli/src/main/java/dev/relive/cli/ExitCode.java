package dev.relive.cli;

/** How the command ends, as its caller sees it. */
final class ExitCode {

  /** What was asked is done; for {@code train}: the environment is solved. */
  static final int SUCCESS = 0;

  /** It could not be done; the standard error says why in one sentence. */
  static final int FAILURE = 1;

  /** The command line, or an environment variable, asks for something that does not exist. */
  static final int USAGE = 2;

  /** All steps were taken and the environment is not solved. */
  static final int UNSOLVED = 3;

  /** What was checked does not hold, and was listed. */
  static final int CHECK_FAILED = 4;

  /** Ended by Ctrl-C (128 + SIGINT, as the shells count); the Java runtime itself returns it. */
  static final int INTERRUPTED = 130;

  private ExitCode() {}
}
