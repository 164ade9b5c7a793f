package dev.relive.cli;

import java.util.Collection;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.IDefaultValueProvider;
import picocli.CommandLine.Model.ArgSpec;
import picocli.CommandLine.Model.OptionSpec;

/**
 * Gives an option that the command line does not name the value of its environment variable: {@code
 * --max-lead} is {@code RELIVE_MAX_LEAD}. An empty variable counts as absent.
 */
final class EnvironmentVariables implements IDefaultValueProvider {

  private static final String PREFIX = "RELIVE_";

  /** What the launcher reads. */
  private static final List<String> OF_THE_LAUNCHER =
      List.of(PREFIX + "JAVA", PREFIX + "JAVA_OPTIONS", PREFIX + "CLASSPATH");

  private final Map<String, String> variables;

  EnvironmentVariables(Map<String, String> variables) {
    this.variables = variables;
  }

  /** Consent to what cannot be undone is given each time. */
  static boolean hasVariable(OptionSpec option) {
    return !option.usageHelp() && !option.versionHelp() && !option.longestName().equals("--yes");
  }

  static String nameOf(OptionSpec option) {
    return nameOf(option.longestName());
  }

  private static String nameOf(String longName) {
    return PREFIX + longName.substring("--".length()).replace('-', '_').toUpperCase(Locale.ROOT);
  }

  @Override
  public @Nullable String defaultValue(ArgSpec argument) {
    return argument instanceof OptionSpec option && isSet(option)
        ? variables.get(nameOf(option))
        : null;
  }

  /** Whether the option's variable says something. */
  boolean isSet(OptionSpec option) {
    return hasVariable(option) && !variables.getOrDefault(nameOf(option), "").isBlank();
  }

  /** Who gave an option this value: its variable if that says so, else the option itself. */
  String source(String longName, String value) {
    String name = nameOf(longName);
    return value.equals(variables.get(name)) ? name : longName;
  }

  /**
   * A sentence about each variable that looks like one of Relive's and is none.
   *
   * @param options of all commands
   */
  List<String> unknown(Collection<OptionSpec> options) {
    TreeSet<String> known = new TreeSet<>(OF_THE_LAUNCHER);
    options.stream()
        .filter(EnvironmentVariables::hasVariable)
        .forEach(option -> known.add(nameOf(option)));
    return variables.keySet().stream()
        .filter(name -> name.startsWith(PREFIX) && !known.contains(name))
        .sorted()
        .map(name -> "No option has the variable " + name + Suggestion.ending(name, known))
        .toList();
  }
}
