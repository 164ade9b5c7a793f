package dev.relive.cli;

import java.util.Locale;
import picocli.CommandLine.Option;

/** What a process does when its work is done. */
class EndOptions {

  @Option(
      names = "--on-end",
      paramLabel = "WHAT",
      description =
          "What this process does when the run has ended: ${COMPLETION-CANDIDATES} until it is"
              + " stopped, for those who start again whatever exits.")
  OnEnd onEnd = OnEnd.EXIT;

  /** What a process does when its run has ended, as it is written on the command line. */
  enum OnEnd {
    EXIT,
    STAY;

    @Override
    public String toString() {
      return name().toLowerCase(Locale.ROOT);
    }
  }
}
