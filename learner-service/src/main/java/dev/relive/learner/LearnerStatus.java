package dev.relive.learner;

import dev.relive.agents.UpdateReport;
import org.jspecify.annotations.Nullable;

/**
 * Where a learner stands, for the screen and for metrics.
 *
 * @param run the run's id
 * @param algorithm how it learns
 * @param generation counts the learners that the run has had
 * @param resumedAtSteps transitions that the run had when this learner took it up; 0 for a new one
 * @param runSteps transitions ingested
 * @param stepLimit transitions at which the run ends
 * @param segments segments ingested
 * @param staleSteps transitions skipped because their policy was too old to learn from
 * @param updates updates made
 * @param transitionsHeld transitions to learn from: in the replay, or waiting in the batch
 * @param holdingCapacity observations that the replay can hold, or transitions of a batch
 * @param oldestHeldMillis when the log took in the oldest of them, milliseconds since 1970; 0: none
 * @param firstIngestedMillis when the log took in the first transition that this learner ingested;
 *     0 before it
 * @param policyVersion the newest version handed to publishing
 * @param requiredVersion the oldest version that producers may step with; 0 where any will do
 * @param snapshotVersion the newest version kept; 0 before the first
 * @param checkpoints checkpoints handed to publishing by this learner
 * @param checkpointSteps transitions ingested at the newest checkpoint; 0 before the first
 * @param epsilon exploration at this step count; 0 where the policy is stochastic
 * @param lastUpdate what the last update saw; null before the first
 * @param waitedSeconds time that training has waited for transitions
 * @param gaps segments missing from the log
 * @param duplicates segments dropped because they had been ingested
 * @param rejected records that could not be used
 * @param dropped what the run's filters have not let through
 * @param heldEpisodes episodes whose end, and so whose return, is not known yet
 * @param rangeLength records of the range that is read, other runs' among them; {@link #UNKNOWN}
 *     where it grows
 * @param rangePassed how many of them have been passed
 * @param lag records of the partition not fetched yet; -1 while unknown
 */
public record LearnerStatus(
    String run,
    Algorithm algorithm,
    long generation,
    long resumedAtSteps,
    long runSteps,
    long stepLimit,
    long segments,
    long staleSteps,
    long updates,
    int transitionsHeld,
    int holdingCapacity,
    long oldestHeldMillis,
    long firstIngestedMillis,
    long policyVersion,
    long requiredVersion,
    long snapshotVersion,
    long checkpoints,
    long checkpointSteps,
    double epsilon,
    @Nullable UpdateReport lastUpdate,
    double waitedSeconds,
    long gaps,
    long duplicates,
    long rejected,
    Dropped dropped,
    int heldEpisodes,
    long rangeLength,
    long rangePassed,
    long lag) {
  /** A length that nobody knows yet. */
  public static final long UNKNOWN = Experience.UNKNOWN;

  /** The last update's loss; NaN before the first. */
  public double loss() {
    return lastUpdate == null ? Double.NaN : lastUpdate.loss();
  }
}
