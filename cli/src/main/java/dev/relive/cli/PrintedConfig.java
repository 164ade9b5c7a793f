package dev.relive.cli;

import java.util.Map;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Model.OptionSpec;

/**
 * What a command would work with: a line for each value, with what it is, its value, and who said
 * so.
 */
final class PrintedConfig {

  static final String DEFAULT = "default";

  private final CommandSpec command;
  private final EnvironmentVariables variables;
  private final TextTable lines = new TextTable();

  PrintedConfig(CommandSpec command, EnvironmentVariables variables) {
    this.command = command;
    this.variables = variables;
  }

  /** Adds a value that is no option's. */
  PrintedConfig add(String name, String value, String origin) {
    lines.add(name, value, origin);
    return this;
  }

  /**
   * Adds an option; each entry of one that has several on a line of its own.
   *
   * @param unstated its value where nobody states it
   */
  PrintedConfig add(OptionSpec option, String unstated) {
    String name = option.longestName().substring("--".length());
    String origin = origin(option);
    Object value = option.getValue();
    if (value instanceof Map<?, ?> entries) {
      entries.forEach((key, each) -> add(name, key + "=" + each, origin));
      return this;
    }
    return add(name, origin.equals(DEFAULT) ? unstated : String.valueOf(value), origin);
  }

  /** The option itself, its variable, or nobody. */
  String origin(OptionSpec option) {
    if (command.commandLine().getParseResult().hasMatchedOption(option)) {
      return option.longestName();
    }
    return variables.isSet(option) ? EnvironmentVariables.nameOf(option) : DEFAULT;
  }

  String text() {
    return "# " + command.qualifiedName() + "\n" + lines.text(0);
  }
}
