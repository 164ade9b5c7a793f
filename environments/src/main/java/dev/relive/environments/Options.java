package dev.relive.environments;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.TreeMap;
import java.util.stream.Collectors;

/** The checked values of all options of an environment or of a reset. */
public final class Options {
  private final Map<String, Object> values;

  private Options(Map<String, Object> values) {
    this.values = values;
  }

  /**
   * @param id whose options they are
   * @param kind what they are called in an error: option or reset option
   * @param declared all there are
   * @param chosen values as text; what is missing takes its default
   * @throws IllegalArgumentException if an option is not declared or its value not allowed
   */
  static Options of(String id, String kind, List<Option> declared, Map<String, String> chosen) {
    for (String name : chosen.keySet()) {
      if (declared.stream().noneMatch(option -> option.name().equals(name))) {
        throw new IllegalArgumentException(
            "%s has no %s '%s'; %s.".formatted(id, kind, name, names(declared)));
      }
    }
    Map<String, Object> values = new HashMap<>();
    for (Option option : declared) {
      String text = chosen.get(option.name());
      Object value = text == null ? option.initial() : option.parsed(text);
      if (value == null) {
        throw new IllegalArgumentException(
            "The %s '%s' of %s must be %s, and is '%s'."
                .formatted(kind, option.name(), id, option.allowed(), text));
      }
      values.put(option.name(), value);
    }
    return new Options(values);
  }

  /** The value of an {@link Option#flag}. */
  public boolean flag(String name) {
    return (boolean) value(name);
  }

  /** The value of an {@link Option#number}. */
  public double number(String name) {
    return (double) value(name);
  }

  /** The value of an {@link Option#integer}. */
  public int integer(String name) {
    return (int) value(name);
  }

  /** The value of an {@link Option#text} or an {@link Option#choice}. */
  public String text(String name) {
    return (String) value(name);
  }

  /** All options with their values as text, in the order of their names. */
  Map<String, String> asText() {
    Map<String, String> text = new TreeMap<>();
    values.forEach((name, value) -> text.put(name, value.toString()));
    return text;
  }

  private Object value(String name) {
    return Objects.requireNonNull(values.get(name), name);
  }

  private static String names(List<Option> declared) {
    return declared.isEmpty()
        ? "there are none"
        : declared.stream().map(Option::name).collect(Collectors.joining(", ", "there are: ", ""));
  }
}
