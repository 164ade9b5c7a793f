package dev.relive.environments.textbook;

import dev.relive.environments.Options;

/** Checks options that are sizes. */
final class Limits {
  private Limits() {}

  /**
   * An option's integer.
   *
   * @throws IllegalArgumentException if it is not from {@code least} to {@code most}
   */
  static int integer(Options options, String name, int least, int most) {
    int value = options.integer(name);
    if (value < least || value > most) {
      throw new IllegalArgumentException(
          "The option '%s' must be %d to %d, and is %d.".formatted(name, least, most, value));
    }
    return value;
  }
}
