package dev.relive.learner;

/**
 * When the learner updates and when it keeps a snapshot: a function of the run's step count alone,
 * so of the log. After {@code learningStarts} steps, updates are due after every {@code
 * trainEvery}-th step.
 *
 * @param learningStarts steps before the first update
 * @param trainEvery steps from one round of updates to the next
 * @param updates updates in a round
 * @param snapshotEvery steps from one kept snapshot to the next
 * @param stepLimit steps at which the run ends
 */
record UpdateSchedule(
    long learningStarts, long trainEvery, int updates, long snapshotEvery, long stepLimit) {

  /** Steps that can be ingested in one piece from {@code runSteps} on; 0 at the limit. */
  long stepsToNextEvent(long runSteps) {
    long toUpdate = trainEvery - runSteps % trainEvery;
    long toSnapshot = snapshotEvery - runSteps % snapshotEvery;
    return Math.min(Math.min(toUpdate, toSnapshot), stepLimit - runSteps);
  }

  boolean updatesDue(long runSteps) {
    return runSteps >= learningStarts && runSteps % trainEvery == 0;
  }

  boolean snapshotDue(long runSteps) {
    return runSteps % snapshotEvery == 0;
  }

  boolean finished(long runSteps) {
    return runSteps >= stepLimit;
  }
}
