package dev.relive.learner;

import dev.relive.agents.UpdateReport;
import org.jspecify.annotations.Nullable;

/**
 * How far a learner is in its log.
 *
 * @param runSteps transitions ingested
 * @param segments segments ingested
 * @param updates updates made
 * @param replayTransitions transitions that can be sampled
 * @param replayOldestMillis when the log took in the oldest of them, milliseconds since 1970
 * @param firstIngestedMillis when the log took in the first transition ingested; 0 before it
 * @param lastUpdate what the last update saw; null before the first
 */
record PipelineState(
    long runSteps,
    long segments,
    long updates,
    int replayTransitions,
    long replayOldestMillis,
    long firstIngestedMillis,
    @Nullable UpdateReport lastUpdate) {
  static final PipelineState START = new PipelineState(0, 0, 0, 0, 0, 0, null);

  PipelineState ingested(int steps, ReplayBuffer replay) {
    return new PipelineState(
        runSteps + steps,
        segments,
        updates,
        replay.transitions(),
        replay.oldestAppendedAtMillis(),
        firstIngestedMillis == 0 ? replay.oldestAppendedAtMillis() : firstIngestedMillis,
        lastUpdate);
  }

  PipelineState segmentIngested() {
    return new PipelineState(
        runSteps,
        segments + 1,
        updates,
        replayTransitions,
        replayOldestMillis,
        firstIngestedMillis,
        lastUpdate);
  }

  PipelineState updated(long updatesMade, @Nullable UpdateReport report) {
    return new PipelineState(
        runSteps,
        segments,
        updatesMade,
        replayTransitions,
        replayOldestMillis,
        firstIngestedMillis,
        report);
  }
}
