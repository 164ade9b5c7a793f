package dev.relive.benchmarks;

import picocli.CommandLine;
import picocli.CommandLine.ParseResult;

/** What a benchmark says when it cannot go on: the reason in one sentence, and exit code 1. */
final class OneSentence {

  private OneSentence() {}

  static int handle(Exception failure, CommandLine command, ParseResult parsed) {
    String message = failure.getMessage();
    command.getErr().println(message == null ? failure.toString() : message);
    return CommandLine.ExitCode.SOFTWARE;
  }
}
