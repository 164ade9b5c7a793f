package dev.relive.cli;

import java.util.Locale;
import picocli.CommandLine.Option;

/** What is shown and what is written down about the work. */
final class ScreenOptions {

  @Option(
      names = {"-q", "--quiet"},
      arity = "0..1",
      fallbackValue = "true",
      description = "Show nothing but the end and errors.")
  boolean quiet;

  @Option(
      names = "--plain",
      arity = "0..1",
      fallbackValue = "true",
      description = "Show plain lines on a terminal too.")
  boolean plain;

  @Option(
      names = {"-v", "--verbose"},
      arity = "0..1",
      fallbackValue = "true",
      description = "Show log messages, and with an error where in the program it came about.")
  boolean verbose;

  @Option(
      names = "--log-level",
      paramLabel = "LEVEL",
      description = "What is worth a log message: ${COMPLETION-CANDIDATES}.")
  LogLevel logLevel = LogLevel.INFO;

  /** The importance of log messages, as it is written on the command line. */
  enum LogLevel {
    ERROR,
    WARN,
    INFO,
    DEBUG,
    TRACE;

    @Override
    public String toString() {
      return name().toLowerCase(Locale.ROOT);
    }
  }
}
