package dev.relive.log;

import java.util.Map;

/**
 * How producers cut and how far they run ahead: the part of a run's settings that its producers and
 * its learner share.
 *
 * @param lanes environments of one producer, unless the producer is told another number
 * @param segmentLength most transitions of a segment
 * @param maxLead steps that a producer may be ahead of what the learner has ingested of it
 */
public record FlowSettings(int lanes, int segmentLength, int maxLead) {
  public static final String LANES = "flow.lanes";
  public static final String SEGMENT_LENGTH = "flow.segment-length";
  public static final String MAX_LEAD = "flow.max-lead";

  /** Checks the three together. */
  public FlowSettings {
    if (maxLead < lanes) {
      throw new InvalidSettingException(
          "The setting "
              + MAX_LEAD
              + " is "
              + maxLead
              + ", and must be at least the number of lanes, "
              + lanes
              + ", or no producer could ever step.");
    }
  }

  /** The flow settings among a run's. */
  public static FlowSettings of(Settings settings) {
    return new FlowSettings(
        settings.smallInteger(LANES, 1, 65_536),
        settings.smallInteger(SEGMENT_LENGTH, 1, 65_536),
        settings.smallInteger(MAX_LEAD, 1, Integer.MAX_VALUE));
  }

  /** As settings of a run. */
  public Settings toSettings() {
    return Settings.of(
        Map.of(
            LANES, Integer.toString(lanes),
            SEGMENT_LENGTH, Integer.toString(segmentLength),
            MAX_LEAD, Integer.toString(maxLead)));
  }
}
