package dev.relive.cli;

import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * Where the value of an option is found in what its command is told.
 *
 * @param usual what is found there where nobody states the option; null where that is drawn
 * @param text how it is stated
 * @param stated what is found there then
 */
record OptionMapping(
    String command,
    String option,
    Function<Object, @Nullable Object> field,
    @Nullable Object usual,
    String text,
    Object stated) {

  @Override
  public String toString() {
    return command + " " + option;
  }
}
