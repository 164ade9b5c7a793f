package dev.relive.learner;

/**
 * Where a learner stands, for the screen and for metrics.
 *
 * @param run the run's id
 * @param generation counts the learners that the run has had
 * @param runSteps transitions ingested
 * @param stepLimit transitions at which the run ends
 * @param segments segments ingested
 * @param updates updates made
 * @param replayTransitions transitions that can be sampled
 * @param replayCapacity observations that the replay can hold
 * @param replayOldestMillis when the log took in the oldest of them, milliseconds since 1970; 0:
 *     never
 * @param policyVersion the newest version handed to publishing
 * @param snapshotVersion the newest version kept; 0 before the first
 * @param epsilon exploration at this step count
 * @param loss mean Huber loss of the last update; NaN before the first
 * @param meanValue mean Q of the last update's batch; NaN before the first
 * @param meanAbsoluteTdError of the last update's batch; NaN before the first
 * @param gradientNorm before clipping, of the last update; NaN before the first
 * @param gaps segments missing from the log
 * @param duplicates segments dropped because they had been ingested
 * @param rejected records that could not be used
 * @param lag records of the partition not fetched yet; -1 while unknown
 */
public record LearnerStatus(
    String run,
    long generation,
    long runSteps,
    long stepLimit,
    long segments,
    long updates,
    int replayTransitions,
    int replayCapacity,
    long replayOldestMillis,
    long policyVersion,
    long snapshotVersion,
    double epsilon,
    double loss,
    double meanValue,
    double meanAbsoluteTdError,
    double gradientNorm,
    long gaps,
    long duplicates,
    long rejected,
    long lag) {}
