package dev.relive.cli;

import picocli.CommandLine.Option;

/**
 * A command that prints something for people or for programs.
 *
 * @param <C> what it is told: immutable and checked
 */
abstract class PrintingCommand<C> extends ConfiguredCommand<C> {

  @Option(
      names = "--json",
      arity = "0..1",
      fallbackValue = "true",
      description = "Print JSON, for programs.")
  private boolean json;

  @Option(
      names = {"-v", "--verbose"},
      arity = "0..1",
      fallbackValue = "true",
      description = "With an error, show where in the program it came about.")
  @SuppressWarnings("UnusedVariable") // Whoever prints errors asks for it by its name.
  private boolean verbose;

  PrintingCommand(Shell shell) {
    super(shell);
  }

  final boolean asJson() {
    return json;
  }
}
