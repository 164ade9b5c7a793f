package dev.relive.cli;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.util.Map;

/** What one command, run in this process, printed and returned. */
record CommandRun(int exitCode, String out, String err) {

  static CommandRun of(String... arguments) {
    return with(Map.of(), arguments);
  }

  static CommandRun with(Map<String, String> variables, String... arguments) {
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    ByteArrayOutputStream err = new ByteArrayOutputStream();
    Shell shell =
        new Shell(variables, new PrintStream(out, true, UTF_8), new PrintStream(err, true, UTF_8));
    int exitCode = Main.run(shell, arguments);
    return new CommandRun(exitCode, out.toString(UTF_8), err.toString(UTF_8));
  }
}
