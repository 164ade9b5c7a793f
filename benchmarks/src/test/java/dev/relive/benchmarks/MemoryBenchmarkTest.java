package dev.relive.benchmarks;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.DisabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;
import picocli.CommandLine;

class MemoryBenchmarkTest {
  private final StringWriter err = new StringWriter();

  @Test
  void timesThatGiveTooFewSamplesAreRefused() {
    assertEquals(2, execute("--directory", "unused", "--minutes", "0"));
    assertEquals(2, execute("--directory", "unused", "--every", "61"));
    assertTrue(err.toString().contains("--every 61; allowed are"), err::toString);
  }

  @Test
  @DisabledOnOs(value = OS.WINDOWS, disabledReason = "There is no such command.")
  void aProcessThatEndsEndsIt(@TempDir Path directory) {
    Path log = directory.resolve("log");
    assertEquals(
        1, execute("--directory", log.toString(), "--relive", "/bin/false", "--every", "1"));
    assertTrue(err.toString().startsWith("The broker ended with exit code 1"), err::toString);
    assertTrue(err.toString().contains(log.resolve("broker.log").toString()), err::toString);
  }

  private int execute(String... arguments) {
    CommandLine command = MemoryBenchmark.commandLine();
    command.setErr(new PrintWriter(err));
    return command.execute(arguments);
  }
}
