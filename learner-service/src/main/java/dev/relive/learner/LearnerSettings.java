package dev.relive.learner;

import dev.relive.agents.Activation;
import dev.relive.agents.LinearSchedule;
import dev.relive.log.FlowSettings;
import dev.relive.log.InvalidSettingException;
import java.util.List;

/**
 * Everything that decides what a run learns, read from the settings of its RunSpec and checked as
 * one object: what all algorithms share here, the rest in the record of each.
 */
public sealed interface LearnerSettings permits ReplaySettings, BatchSettings {

  /** What the learner and its producers share. */
  FlowSettings flow();

  /** When the run keeps weights and ends. */
  RunSchedule schedule();

  /** Units of the network's hidden layers. */
  List<Integer> hiddenSizes();

  /** What stands between them. */
  Activation activation();

  /** How often producers act at random, over the run's steps. */
  LinearSchedule exploration();

  /**
   * Checks what a deterministic run needs besides: rounds of {@code flow.max-lead} steps that the
   * lanes fill exactly.
   *
   * @throws InvalidSettingException naming the setting, its value and what is allowed
   */
  default void checkRounds() {
    if (flow().maxLead() % flow().lanes() != 0) {
      throw new InvalidSettingException(
          "The setting %s is %d, and must be a multiple of the %d lanes in a deterministic run."
              .formatted(FlowSettings.MAX_LEAD, flow().maxLead(), flow().lanes()));
    }
  }
}
