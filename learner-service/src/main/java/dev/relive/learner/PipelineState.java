package dev.relive.learner;

import dev.relive.agents.ValueReport;

/**
 * How far a learner is in its log.
 *
 * @param runSteps transitions ingested
 * @param segments segments ingested
 * @param updates updates made
 * @param replayTransitions transitions that can be sampled
 * @param replayOldestMillis when the log took in the oldest of them, milliseconds since 1970
 * @param lastUpdate what the last update saw; NaN before the first
 */
record PipelineState(
    long runSteps,
    long segments,
    long updates,
    int replayTransitions,
    long replayOldestMillis,
    ValueReport lastUpdate) {
  static final PipelineState START =
      new PipelineState(
          0, 0, 0, 0, 0, new ValueReport(Double.NaN, Double.NaN, Double.NaN, Double.NaN));

  PipelineState ingested(int steps, ReplayBuffer replay) {
    return new PipelineState(
        runSteps + steps,
        segments,
        updates,
        replay.transitions(),
        replay.oldestAppendedAtMillis(),
        lastUpdate);
  }

  PipelineState segmentIngested() {
    return new PipelineState(
        runSteps, segments + 1, updates, replayTransitions, replayOldestMillis, lastUpdate);
  }

  PipelineState updated(long updatesMade, ValueReport report) {
    return new PipelineState(
        runSteps, segments, updatesMade, replayTransitions, replayOldestMillis, report);
  }
}
