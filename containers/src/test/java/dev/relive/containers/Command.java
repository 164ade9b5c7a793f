package dev.relive.containers;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletionException;
import java.util.concurrent.TimeUnit;

/** A command of another program, run in the checkout to its end. */
final class Command {
  private static final int LIMIT_MINUTES = 5;

  private Command() {}

  /**
   * How it ended and what it printed.
   *
   * @param output on its standard output
   * @param errors on its standard error
   */
  record Result(int exitCode, String output, String errors) {}

  /**
   * Runs it.
   *
   * @param variables added to this process's
   * @throws IOException if there is no such program
   */
  static Result run(Map<String, String> variables, List<String> words) throws IOException {
    Path output = Files.createTempFile("output", ".txt");
    Path errors = Files.createTempFile("errors", ".txt");
    ProcessBuilder builder =
        new ProcessBuilder(words)
            .directory(Checkout.ROOT.toFile())
            .redirectOutput(output.toFile())
            .redirectError(errors.toFile());
    builder.environment().putAll(variables);
    Process process = builder.start();
    try {
      int exitCode = process.onExit().orTimeout(LIMIT_MINUTES, TimeUnit.MINUTES).join().exitValue();
      return new Result(exitCode, Files.readString(output, UTF_8), Files.readString(errors, UTF_8));
    } catch (CompletionException e) {
      throw new AssertionError(words + " takes longer than " + LIMIT_MINUTES + " minutes", e);
    } finally {
      process.destroyForcibly();
      Files.delete(output);
      Files.delete(errors);
    }
  }
}
