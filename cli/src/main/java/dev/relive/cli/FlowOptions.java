package dev.relive.cli;

import dev.relive.log.FlowSettings;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/** How the experience of a run is made and how far it may run ahead of learning. */
final class FlowOptions {

  @Option(
      names = "--lanes",
      paramLabel = "N",
      description = "Environments that a producer steps side by side.")
  @RunSetting(FlowSettings.LANES)
  @Nullable Integer lanes;

  @Option(
      names = "--max-lead",
      paramLabel = "STEPS",
      description = "How far a producer may be ahead of the learner.")
  @RunSetting(FlowSettings.MAX_LEAD)
  @Nullable Integer maxLead;

  @Option(
      names = "--segment-length",
      paramLabel = "STEPS",
      description = "The longest piece of an episode in one record of the log.")
  @RunSetting(FlowSettings.SEGMENT_LENGTH)
  @Nullable Integer segmentLength;

  @Option(
      names = "--retention",
      paramLabel = "TIME",
      converter = Retention.Converter.class,
      description =
          "How long the log keeps the experience, such as 30d; runs of a stream share it.")
  @UsualValue("for-ever")
  @Nullable Retention retention;
}
