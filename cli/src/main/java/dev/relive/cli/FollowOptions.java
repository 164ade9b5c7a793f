package dev.relive.cli;

import java.security.SecureRandom;
import java.time.Duration;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/** Whom a producer or an evaluator works for, and under which name. */
final class FollowOptions {

  private static final String LETTERS = "abcdefghjkmnpqrstuvwxyz";
  private static final int DRAWN_LETTERS = 6;

  @Option(names = "--run", paramLabel = "ID|LABEL", description = "The run to work for.")
  @UsualValue("the only active one")
  @Nullable String run;

  @Option(
      names = "--name",
      paramLabel = "NAME",
      description = "What it is called in the log; no two that work at a time may share it.")
  @UsualValue("drawn")
  @Nullable String name;

  @Option(
      names = "--run-timeout",
      paramLabel = "SECONDS",
      description = "How long to wait for the run.")
  int runTimeout = 600;

  Optional<String> run() {
    return Optional.ofNullable(run);
  }

  /** What whoever follows a run does before there is one, in a few words. */
  static String waiting(Optional<String> run) {
    return run.map(name -> "waiting for run " + name).orElse("waiting for an active run");
  }

  /**
   * The name stated, or one that hardly any other process has: the role and six letters.
   *
   * @param role such as "producer"
   */
  String name(String role) {
    if (name == null) {
      SecureRandom random = new SecureRandom();
      StringBuilder drawn = new StringBuilder(role).append('-');
      random
          .ints(DRAWN_LETTERS, 0, LETTERS.length())
          .forEach(index -> drawn.append(LETTERS.charAt(index)));
      return drawn.toString();
    }
    if (name.isBlank() || name.indexOf('/') >= 0) {
      throw new InvalidOption("--name", name, "a name without '/'");
    }
    return name;
  }

  Duration runTimeout() {
    return InvalidOption.seconds("--run-timeout", runTimeout);
  }
}
