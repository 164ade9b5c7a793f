package dev.relive.cli;

import picocli.CommandLine.Option;

/** How experience is made and how far it may run ahead of learning. */
final class FlowOptions {

  @Option(
      names = "--lanes",
      paramLabel = "N",
      description = "Environments that are stepped side by side.")
  int lanes = 8;

  @Option(
      names = "--max-lead",
      paramLabel = "STEPS",
      description = "How far the producer may be ahead of the learner.")
  long maxLead = 1_024;

  @Option(
      names = "--segment-length",
      paramLabel = "STEPS",
      description = "The longest piece of an episode in one record of the log.")
  int segmentLength = 128;

  void check() {
    InvalidOption.unlessWithin("--lanes", lanes, 1, 4_096);
    InvalidOption.unlessWithin("--segment-length", segmentLength, 1, 65_536);
    if (maxLead < lanes) {
      throw new InvalidOption(
          "--max-lead",
          maxLead,
          "at least --lanes (%d), or no step could be taken".formatted(lanes));
    }
  }
}
