package dev.relive.cli;

import java.util.Locale;
import java.util.Map;
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

  private final Map<String, String> variables;

  EnvironmentVariables(Map<String, String> variables) {
    this.variables = variables;
  }

  static boolean hasVariable(OptionSpec option) {
    return !option.usageHelp() && !option.versionHelp();
  }

  static String nameOf(OptionSpec option) {
    return nameOf(option.longestName());
  }

  private static String nameOf(String longName) {
    return PREFIX + longName.substring("--".length()).replace('-', '_').toUpperCase(Locale.ROOT);
  }

  @Override
  public @Nullable String defaultValue(ArgSpec argument) {
    if (!(argument instanceof OptionSpec option) || !hasVariable(option)) {
      return null;
    }
    String value = variables.get(nameOf(option));
    if (value == null || value.isBlank()) {
      return null;
    }
    return value;
  }

  /** Who gave an option this value: its variable if that says so, else the option itself. */
  String source(String longName, String value) {
    String name = nameOf(longName);
    return value.equals(variables.get(name)) ? name : longName;
  }
}
