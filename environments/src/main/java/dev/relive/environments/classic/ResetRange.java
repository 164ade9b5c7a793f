package dev.relive.environments.classic;

import dev.relive.environments.Option;
import dev.relive.environments.Options;
import java.util.List;

/** The range that the state at a reset is drawn from. */
record ResetRange(double low, double high) {
  /** The reset options that choose it, with the usual range. */
  static List<Option> options(double low, double high, String what) {
    return List.of(
        Option.number("low", low, "least initial value of " + what),
        Option.number("high", high, "greatest initial value of " + what));
  }

  /**
   * The range chosen.
   *
   * @throws IllegalArgumentException if low is above high
   */
  static ResetRange of(Options options) {
    double low = options.number("low");
    double high = options.number("high");
    if (low > high) {
      throw new IllegalArgumentException(
          "The reset option low must not be above high, and they are "
              + low
              + " and "
              + high
              + ".");
    }
    return new ResetRange(low, high);
  }
}
