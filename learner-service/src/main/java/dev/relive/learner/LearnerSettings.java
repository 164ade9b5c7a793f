package dev.relive.learner;

import dev.relive.agents.Activation;
import dev.relive.agents.Heads;
import dev.relive.agents.LinearSchedule;
import dev.relive.agents.NetworkSpec;
import dev.relive.log.FlowSettings;
import dev.relive.log.InvalidSettingException;
import dev.relive.log.wire.EnvironmentSpec;
import dev.relive.log.wire.Space;
import dev.relive.log.wire.SpaceKind;

/**
 * Everything that decides what a run learns, read from the settings of its RunSpec and checked as
 * one object: what all algorithms share here, the rest in the record of each.
 */
public sealed interface LearnerSettings permits ReplaySettings, BatchSettings {

  /** What the learner and its producers share. */
  FlowSettings flow();

  /** When the run keeps weights and ends. */
  RunSchedule schedule();

  /** The network's layers between the observation and its heads. */
  NetworkSettings layers();

  /** What is done to observations and rewards. */
  PreprocessingSettings preprocessing();

  /** What stands between them. */
  Activation activation();

  /** What the network's outputs mean. */
  Heads heads();

  /** Transitions of an update. */
  int batchSize();

  /** How often producers act at random, over the run's steps. */
  LinearSchedule exploration();

  /** Whether only what recent policies have done can be learned from, so that producers wait. */
  boolean onPolicy();

  /** Versions by which producers may act behind the newest, where they wait for versions. */
  int lead();

  /**
   * The network for an environment.
   *
   * @throws InvalidSettingException if the algorithm cannot act there
   */
  default NetworkSpec network(EnvironmentSpec environment) {
    Space actions = environment.getActions();
    if (actions.getKind() != SpaceKind.DISCRETE || actions.getStart() != 0) {
      throw new InvalidSettingException(
          "There must be discrete actions counted from 0 to choose from, and those of %s are not."
              .formatted(environment.getId()));
    }
    return new NetworkSpec(
        preprocessing().encoding(environment).size(),
        layers().convolutions(environment, preprocessing().frames()),
        layers().hiddenSizes(),
        Math.toIntExact(actions.getCounts(0)),
        heads(),
        activation());
  }

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
