package dev.relive.log;

import java.util.Set;
import java.util.function.Predicate;

/**
 * A topic setting that a promise of the protocol rests on.
 *
 * @param setting Kafka's name of it
 * @param need what it must be, as words for a message
 * @param reason what would break
 * @param holds whether a value fulfils the need
 */
record Promise(String setting, String need, String reason, Predicate<String> holds) {

  static Promise exactly(String setting, String value, String reason) {
    return new Promise(setting, value, reason, value::equals);
  }

  static Promise oneOf(String setting, String reason, String... values) {
    return new Promise(setting, String.join(" or ", values), reason, Set.of(values)::contains);
  }

  /** All of the comma-separated {@code values}, in any order. */
  static Promise all(String setting, String values, String reason) {
    Set<String> needed = Set.of(values.split(","));
    return new Promise(setting, values, reason, v -> Set.of(v.split(",")).equals(needed));
  }

  static Promise atLeast(String setting, long least, String reason) {
    return new Promise(
        setting, "at least " + least, reason, v -> isNumber(v) && Long.parseLong(v) >= least);
  }

  /** At least {@code least}, or -1, which Kafka takes for never. */
  static Promise atLeastOrNever(String setting, long least, String reason) {
    return new Promise(
        setting,
        "at least " + least + " or -1",
        reason,
        v -> v.equals("-1") || (isNumber(v) && Long.parseLong(v) >= least));
  }

  static Promise atMost(String setting, long most, String reason) {
    return new Promise(
        setting, "at most " + most, reason, v -> isNumber(v) && Long.parseLong(v) <= most);
  }

  private static boolean isNumber(String value) {
    return value.matches("-?[0-9]{1,18}");
  }
}
