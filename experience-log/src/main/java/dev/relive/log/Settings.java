package dev.relive.log;

import dev.relive.log.wire.Setting;
import java.util.Arrays;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * The settings of a run by name, as its RunSpec keeps them: immutable, sorted, and read through
 * getters that name the setting, its value and what is allowed.
 */
public final class Settings {
  private final SortedMap<String, String> values;

  private Settings(SortedMap<String, String> values) {
    this.values = values;
  }

  /** Settings by name. */
  public static Settings of(Map<String, String> values) {
    return new Settings(new TreeMap<>(values));
  }

  /** The settings of a message. */
  public static Settings of(Collection<Setting> messages) {
    SortedMap<String, String> values = new TreeMap<>();
    messages.forEach(setting -> values.put(setting.getName(), setting.getValue()));
    return new Settings(values);
  }

  /** The settings for a message, sorted by name. */
  public List<Setting> toMessages() {
    return values.entrySet().stream()
        .map(e -> Setting.newBuilder().setName(e.getKey()).setValue(e.getValue()).build())
        .collect(Collectors.toList());
  }

  /** All names, sorted. */
  public Set<String> names() {
    return Set.copyOf(values.keySet());
  }

  /** All values by name, sorted. */
  public SortedMap<String, String> asMap() {
    return new TreeMap<>(values);
  }

  /** These settings with others in place of those of the same name. */
  public Settings with(Settings others) {
    SortedMap<String, String> merged = new TreeMap<>(values);
    merged.putAll(others.values);
    return new Settings(merged);
  }

  /** The value as it stands. */
  public String text(String name) {
    @Nullable String value = values.get(name);
    if (value == null) {
      throw new InvalidSettingException("The setting " + name + " is missing.");
    }
    return value;
  }

  /** A whole number within bounds, both included. */
  public long integer(String name, long least, long most) {
    String allowed =
        most == Long.MAX_VALUE
            ? "a whole number of at least " + least
            : "a whole number from " + least + " to " + most;
    try {
      long value = Long.parseLong(text(name).replace("_", ""));
      if (value >= least && value <= most) {
        return value;
      }
    } catch (NumberFormatException e) {
      throw invalid(name, allowed);
    }
    throw invalid(name, allowed);
  }

  /** A whole number within bounds that fit an int, both included. */
  public int smallInteger(String name, int least, int most) {
    return (int) integer(name, least, most);
  }

  /** A finite number within bounds, both included. */
  public double real(String name, double least, double most) {
    String allowed = "a number from " + least + " to " + most;
    try {
      double value = Double.parseDouble(text(name));
      if (value >= least && value <= most) {
        return value;
      }
    } catch (NumberFormatException e) {
      throw invalid(name, allowed);
    }
    throw invalid(name, allowed);
  }

  /** True or false. */
  public boolean flag(String name) {
    return switch (text(name)) {
      case "true" -> true;
      case "false" -> false;
      default -> throw invalid(name, "true or false");
    };
  }

  /** Whole numbers, at least one, separated by commas. */
  public List<Integer> integers(String name, int least, int most) {
    String allowed = "whole numbers from " + least + " to " + most + " separated by commas";
    try {
      List<Integer> list =
          Arrays.stream(text(name).split(",", -1)).map(s -> Integer.valueOf(s.trim())).toList();
      if (list.stream().allMatch(value -> value >= least && value <= most)) {
        return list;
      }
    } catch (NumberFormatException e) {
      throw invalid(name, allowed);
    }
    throw invalid(name, allowed);
  }

  /** An exception that says a value is not what is allowed. */
  public InvalidSettingException invalid(String name, String allowed) {
    return new InvalidSettingException(
        "The setting " + name + " is " + text(name) + ", and must be " + allowed + ".");
  }

  /**
   * What differs in other settings, a line each.
   *
   * @return for each name that differs: the name, the value here and the value there
   */
  public List<String> differences(Settings others) {
    Set<String> names = new TreeSet<>(values.keySet());
    names.addAll(others.values.keySet());
    return names.stream()
        .filter(name -> !values.getOrDefault(name, "").equals(others.values.getOrDefault(name, "")))
        .map(
            name ->
                name
                    + ": "
                    + values.getOrDefault(name, "(not set)")
                    + " here, "
                    + others.values.getOrDefault(name, "(not set)")
                    + " there")
        .toList();
  }

  @Override
  public boolean equals(Object other) {
    return other instanceof Settings settings && values.equals(settings.values);
  }

  @Override
  public int hashCode() {
    return values.hashCode();
  }

  @Override
  public String toString() {
    return values.toString();
  }
}
