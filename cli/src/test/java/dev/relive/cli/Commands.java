package dev.relive.cli;

import static java.util.Objects.requireNonNull;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import picocli.CommandLine;

/** The commands of the command line, not run. */
final class Commands {

  private Commands() {}

  /** Every command that does something, as it is typed: "train", "runs ls". */
  static Stream<String> names() {
    return names("", commandLine(Map.of())).stream();
  }

  private static List<String> names(String before, CommandLine command) {
    List<String> names = new ArrayList<>();
    command
        .getSubcommands()
        .forEach(
            (name, subcommand) -> {
              if (subcommand.getSubcommands().isEmpty()) {
                names.add(before + name);
              }
              names.addAll(names(before + name + " ", subcommand));
            });
    return names;
  }

  /** A command by its name. */
  static CommandLine find(CommandLine relive, String name) {
    CommandLine found = relive;
    for (String word : name.split(" ", -1)) {
      found = requireNonNull(found.getSubcommands().get(word), word);
    }
    return found;
  }

  /** What a command cannot do without, made up. */
  static List<String> required(String name) {
    return switch (name) {
      case "runs show", "runs reproduce", "runs delete" -> List.of("some-run");
      case "runs compare" -> List.of("some-run", "another");
      case "environments show" -> List.of("CartPole-v1");
      case "replay" -> List.of("--source-run=first");
      case "log export" -> List.of("--run=some-run");
      case "log import" -> List.of("pom.xml"); // A file that is there wherever tests run.
      default -> List.of();
    };
  }

  /** What a command is told by these variables and arguments, checked. */
  static Object config(String name, Map<String, String> variables, String... arguments) {
    CommandLine relive = commandLine(variables);
    List<String> all = new ArrayList<>(List.of(name.split(" ", -1)));
    all.addAll(List.of(arguments));
    relive.parseArgs(all.toArray(String[]::new));
    Object config = find(relive, name).<ConfiguredCommand<?>>getCommand().config();
    return requireNonNull(config, "config");
  }

  static CommandLine commandLine(Map<String, String> variables) {
    return Main.commandLine(new Shell(variables, System.out, System.err));
  }
}
