package dev.relive.learner;

/**
 * When a learner with a replay updates: a function of the run's step count alone, so of the log.
 * After {@code learningStarts} steps, updates are due after every {@code trainEvery}-th step.
 *
 * @param learningStarts steps before the first update
 * @param trainEvery steps from one round of updates to the next
 * @param updates updates in a round
 */
public record UpdateSchedule(long learningStarts, long trainEvery, int updates) {

  /** Steps that can be ingested in one piece from {@code runSteps} on. */
  long stepsToNextUpdates(long runSteps) {
    return trainEvery - runSteps % trainEvery;
  }

  boolean updatesDue(long runSteps) {
    return runSteps >= learningStarts && runSteps % trainEvery == 0;
  }
}
