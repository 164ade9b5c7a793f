package dev.relive.environments;

import java.util.List;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/** Something about an environment that can be chosen by name, as text. */
public final class Option {
  private final String name;
  private final Object initial;
  private final String description;
  private final String allowed;
  private final Function<String, @Nullable Object> parser;

  private Option(
      String name,
      Object initial,
      String description,
      String allowed,
      Function<String, @Nullable Object> parser) {
    this.name = name;
    this.initial = initial;
    this.description = description;
    this.allowed = allowed;
    this.parser = parser;
  }

  /** True or false. */
  public static Option flag(String name, boolean initial, String description) {
    return new Option(name, initial, description, "true or false", Option::flag);
  }

  /** A finite number. */
  public static Option number(String name, double initial, String description) {
    return new Option(name, initial, description, "a finite number", Option::number);
  }

  /** An integer of 32 bits. */
  public static Option integer(String name, int initial, String description) {
    return new Option(name, initial, description, "an integer", Option::integer);
  }

  /** Any text; what is allowed is for the environment to say. */
  public static Option text(String name, String initial, String description) {
    return new Option(name, initial, description, "text", text -> text);
  }

  /** One of some words. */
  public static Option choice(
      String name, String initial, List<String> choices, String description) {
    List<String> copy = List.copyOf(choices);
    return new Option(
        name,
        initial,
        description,
        String.join(", ", copy),
        text -> copy.contains(text) ? text : null);
  }

  public String name() {
    return name;
  }

  /** Its value where none is chosen. */
  public Object initial() {
    return initial;
  }

  public String description() {
    return description;
  }

  /** What it can be, for a sentence. */
  public String allowed() {
    return allowed;
  }

  /** The value that the text stands for; null if it stands for none. */
  @Nullable Object parsed(String text) {
    return parser.apply(text);
  }

  private static @Nullable Object flag(String text) {
    return switch (text) {
      case "true" -> true;
      case "false" -> false;
      default -> null;
    };
  }

  private static @Nullable Object number(String text) {
    try {
      double number = Double.parseDouble(text);
      return Double.isFinite(number) ? number : null;
    } catch (NumberFormatException e) {
      return null;
    }
  }

  private static @Nullable Object integer(String text) {
    try {
      return Integer.parseInt(text);
    } catch (NumberFormatException e) {
      return null;
    }
  }
}
