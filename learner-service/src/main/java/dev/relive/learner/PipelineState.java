package dev.relive.learner;

import dev.relive.agents.UpdateReport;
import dev.relive.log.wire.Position;
import org.jspecify.annotations.Nullable;

/**
 * How far a learner is in its log.
 *
 * @param restoredSteps transitions that the run had when this learner took it up; 0 for a new one
 * @param segments segments read, duplicates included: the ordinal of the next
 * @param runSteps transitions ingested
 * @param staleSteps those of them that were too old to learn from
 * @param updates updates made
 * @param transitionsHeld transitions to learn from: in the replay, or waiting in the batch
 * @param oldestHeldMillis when the log took in the oldest of them, milliseconds since 1970; 0: none
 * @param firstIngestedMillis when the log took in the first transition that this learner ingested;
 *     0 before it
 * @param snapshotSteps transitions ingested when weights were last kept; 0 before the first
 * @param checkpoints checkpoints made by this learner
 * @param checkpointSteps transitions ingested at the newest checkpoint; 0 before the first
 * @param nextSegment the next record to read
 * @param dropped what the run's filters have not let through
 * @param heldEpisodes episodes that wait for their end
 * @param lastUpdate what the last update saw; null before this learner's first
 */
record PipelineState(
    long restoredSteps,
    long segments,
    long runSteps,
    long staleSteps,
    long updates,
    int transitionsHeld,
    long oldestHeldMillis,
    long firstIngestedMillis,
    long snapshotSteps,
    long checkpoints,
    long checkpointSteps,
    Position nextSegment,
    Dropped dropped,
    int heldEpisodes,
    @Nullable UpdateReport lastUpdate) {}
