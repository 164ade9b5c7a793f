package dev.relive.cli;

import dev.relive.log.FlowSettings;
import dev.relive.log.Settings;
import picocli.CommandLine.Option;

/** How experience is made and how far it may run ahead of learning. */
final class FlowOptions {

  @Option(
      names = "--lanes",
      paramLabel = "N",
      description = "Environments that are stepped side by side.")
  int lanes = RunSettings.defaultLanes();

  @Option(
      names = "--max-lead",
      paramLabel = "STEPS",
      description = "How far the producer may be ahead of the learner.")
  int maxLead = RunSettings.defaultMaxLead();

  @Option(
      names = "--segment-length",
      paramLabel = "STEPS",
      description = "The longest piece of an episode in one record of the log.")
  int segmentLength = RunSettings.defaultSegmentLength();

  /** Checks them, naming the options, and gives them as settings of a run. */
  Settings toSettings() {
    InvalidOption.unlessWithin("--lanes", lanes, 1, 65_536);
    InvalidOption.unlessWithin("--segment-length", segmentLength, 1, 65_536);
    if (maxLead < lanes) {
      throw new InvalidOption(
          "--max-lead",
          maxLead,
          "at least --lanes (%d), or no step could be taken".formatted(lanes));
    }
    return new FlowSettings(lanes, segmentLength, maxLead).toSettings();
  }
}
