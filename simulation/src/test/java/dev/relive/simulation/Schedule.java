package dev.relive.simulation;

import dev.relive.log.Settings;

/** A run's schedule as its settings say it. */
final class Schedule {
  private final long steps;
  private final long learningStarts;
  private final long trainEvery;
  private final long updates;
  private final int batchSize;
  private final long round;
  private final long snapshotEvery;

  Schedule(Scenario scenario) {
    Settings settings = Settings.of(scenario.spec().getSettingsList());
    boolean onPolicy = scenario.settings().onPolicy();
    snapshotEvery = settings.integer("schedule.snapshot-every", 1, Long.MAX_VALUE);
    learningStarts = onPolicy ? 0 : settings.integer("schedule.learning-starts", 0, Long.MAX_VALUE);
    trainEvery = onPolicy ? 1 : settings.integer("schedule.train-every", 1, Long.MAX_VALUE);
    updates = onPolicy ? 1 : settings.integer("schedule.updates", 1, Long.MAX_VALUE);
    batchSize = onPolicy ? settings.smallInteger("actor-critic.batch-size", 1, 1_000_000) : 0;
    long stated = settings.integer("schedule.steps", 1, Long.MAX_VALUE);
    long whole = scenario.deterministic() ? scenario.settings().flow().maxLead() : 1;
    steps = (stated + whole - 1) / whole * whole;
    round = scenario.deterministic() && !onPolicy ? scenario.settings().flow().maxLead() : 0;
  }

  long steps() {
    return steps;
  }

  /** With a replay: whether updates are due after so many steps. */
  boolean updatesDue(long runSteps) {
    return runSteps >= learningStarts && runSteps % trainEvery == 0;
  }

  /** How many then. */
  long updates() {
    return updates;
  }

  /** Without one: transitions of an update. */
  int batchSize() {
    return batchSize;
  }

  /** Whether a version comes at this step whatever is updated. */
  boolean isRoundEnd(long runSteps) {
    return round > 0 && runSteps % round == 0;
  }

  /** With a replay: the step with whose weights a multiple of the snapshots' distance is kept. */
  long keptAt(long multiple) {
    long step = Math.max(1, multiple);
    while (!updatesDue(step)) {
      step++;
    }
    while (round > 0 && !isRoundEnd(step)) {
      step++;
    }
    return step;
  }

  long snapshotEvery() {
    return snapshotEvery;
  }
}
