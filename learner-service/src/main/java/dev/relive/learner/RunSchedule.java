package dev.relive.learner;

import dev.relive.log.Settings;
import java.util.List;

/**
 * When a run keeps weights and ends, counted in its steps.
 *
 * @param steps steps at which the run ends
 * @param snapshotEvery steps from one kept snapshot to the next
 * @param checkpointEvery steps from one checkpoint of the learner to the next
 */
public record RunSchedule(long steps, long snapshotEvery, long checkpointEvery) {
  static final String STEPS = "schedule.steps";
  static final String SNAPSHOT_EVERY = "schedule.snapshot-every";
  static final String CHECKPOINT_EVERY = "schedule.checkpoint-every";

  static final List<SettingDescription> CATALOGUE =
      List.of(
          new SettingDescription(STEPS, "100000", "steps at which the run ends"),
          new SettingDescription(
              SNAPSHOT_EVERY, "1000", "steps from one evaluated snapshot to the next"),
          new SettingDescription(
              CHECKPOINT_EVERY, "5000", "steps from one checkpoint of the learner to the next"));

  static RunSchedule of(Settings settings) {
    return new RunSchedule(
        settings.integer(STEPS, 1, Long.MAX_VALUE),
        settings.integer(SNAPSHOT_EVERY, 1, Long.MAX_VALUE),
        settings.integer(CHECKPOINT_EVERY, 1, Long.MAX_VALUE));
  }

  /** The same, ending with the round in which the steps are spent. */
  RunSchedule inRoundsOf(long round) {
    long beyond = steps % round;
    long whole = beyond == 0 || steps > Long.MAX_VALUE - round ? steps : steps - beyond + round;
    return new RunSchedule(whole, snapshotEvery, checkpointEvery);
  }

  boolean finished(long runSteps) {
    return runSteps >= steps;
  }
}
