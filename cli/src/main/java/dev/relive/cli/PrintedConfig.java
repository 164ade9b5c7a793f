package dev.relive.cli;

import java.util.ArrayList;
import java.util.List;
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
  private final List<String[]> lines = new ArrayList<>();

  PrintedConfig(CommandSpec command, EnvironmentVariables variables) {
    this.command = command;
    this.variables = variables;
  }

  /** Adds a value that is no option's. */
  PrintedConfig add(String name, String value, String origin) {
    lines.add(new String[] {name, value, origin});
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
    int names = width(0);
    int values = width(1);
    StringBuilder text = new StringBuilder("# " + command.qualifiedName() + "\n");
    for (String[] line : lines) {
      text.append(line[0]).append(" ".repeat(names - line[0].length() + 2));
      text.append(line[1]).append(" ".repeat(values - line[1].length() + 2));
      text.append(line[2]).append('\n');
    }
    return text.toString();
  }

  private int width(int column) {
    return lines.stream().mapToInt(line -> line[column].length()).max().orElse(0);
  }
}
