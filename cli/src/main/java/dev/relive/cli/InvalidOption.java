package dev.relive.cli;

import java.io.Serial;
import java.time.Duration;

/**
 * An option with a value that is not allowed. The command line tells the user its name, the value
 * and what is allowed, and ends with {@link ExitCode#USAGE}.
 */
final class InvalidOption extends RuntimeException {

  @Serial private static final long serialVersionUID = 1L;

  private final String option;
  private final String value;
  private final String allowed;

  /**
   * @param option its long name, such as {@code --steps}
   * @param allowed completes "must be", such as "at least 1"
   */
  InvalidOption(String option, Object value, String allowed) {
    super(option + " is " + value + ", and must be " + allowed + ".");
    this.option = option;
    this.value = value.toString();
    this.allowed = allowed;
  }

  /** Throws unless {@code value} is within [minimum, maximum]. */
  static void unlessWithin(String option, long value, long minimum, long maximum) {
    if (value < minimum || value > maximum) {
      String allowed =
          maximum >= Integer.MAX_VALUE
              ? "at least %d".formatted(minimum)
              : "from %d to %d".formatted(minimum, maximum);
      throw new InvalidOption(option, value, allowed);
    }
  }

  /** A time of at least one second, or a refusal. */
  static Duration seconds(String option, int value) {
    unlessWithin(option, value, 1, Integer.MAX_VALUE);
    return Duration.ofSeconds(value);
  }

  String option() {
    return option;
  }

  String value() {
    return value;
  }

  String allowed() {
    return allowed;
  }
}
