package dev.relive.cli;

import picocli.CommandLine.Option;

/** The Python that steps environments of Gymnasium. */
final class PythonOptions {

  @Option(
      names = "--python",
      paramLabel = "COMMAND",
      description = "The interpreter, with Gymnasium installed.")
  String interpreter = "python3";

  @Option(
      names = "--python-processes",
      paramLabel = "N",
      description = "How many processes to spread lanes over.")
  int processes = 1;

  @Option(
      names = "--python-timeout",
      paramLabel = "SECONDS",
      description = "After which one that does not answer is killed.")
  int timeout = 60;

  /** Checks the options and says them to whoever makes such environments in this process. */
  void apply() {
    if (interpreter.isBlank()) {
      throw new InvalidOption("--python", interpreter, "a command or a path");
    }
    InvalidOption.unlessWithin("--python-processes", processes, 1, 1_024);
    InvalidOption.seconds("--python-timeout", timeout);
    System.setProperty("relive.python", interpreter);
    System.setProperty("relive.python.processes", Integer.toString(processes));
    System.setProperty("relive.python.timeout", Integer.toString(timeout));
  }
}
