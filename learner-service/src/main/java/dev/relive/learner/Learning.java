package dev.relive.learner;

import dev.relive.agents.UpdateReport;
import dev.relive.log.SegmentRecord;
import dev.relive.log.wire.CheckpointState;
import dev.relive.log.wire.Preprocessing;

/**
 * What is made of a run's experience, in log order: the part of a learner in which the algorithms
 * differ. It decides by the log alone what is learned from and when.
 */
sealed interface Learning extends AutoCloseable permits ReplayLearning, BatchLearning {

  /**
   * Takes the next transitions of a segment.
   *
   * @param from the first of them
   * @param most transitions to take, at least 1
   * @param runSteps transitions of the run before them
   * @param requiredVersion the oldest policy version that may have chosen what is learned from
   * @return how many were taken, at least 1, and none beyond where updates may be due
   */
  Piece take(SegmentRecord record, int from, int most, long runSteps, long requiredVersion);

  /** Consecutive transitions of a segment, and what became of them. */
  record Piece(int steps, Use use) {}

  /** What becomes of transitions. */
  enum Use {
    /** They are in the replay. */
    REMEMBERED,
    /** They are in a batch that is not full yet. */
    WAITING,
    /** They are too old to learn from. */
    STALE
  }

  /** Whether updates are due now. Asked once after each piece. */
  boolean updatesDue(long runSteps);

  /** Makes the updates that are due and says what the last one saw. */
  UpdateReport update();

  /** The agent. */
  Updates updates();

  /** What the weights see of an observation, as it is to travel with them. */
  Preprocessing preprocessing();

  /** Transitions to learn from: in the replay, or waiting in the batch. */
  int held();

  /** Observations that can be remembered, or transitions of a batch. */
  int capacity();

  /** When the log took in the oldest transition held, milliseconds since 1970; 0: none is. */
  long oldestHeldMillis();

  /** Transitions that wait and would be lost with this process. */
  int lostSteps();

  /** The oldest place that is remembered and comes again after a restart, of all ever used. */
  long oldestPlace();

  /** The place into which comes what is taken next. */
  long nextPlace();

  /** Writes down everything but the agent's own state and what is remembered. */
  void save(CheckpointState.Builder checkpoint);

  /** Goes on where a checkpoint was made, once the segments of its window are recalled. */
  void restore(CheckpointState checkpoint);

  /** Takes all of a segment, or a piece, of the checkpoint's window, in the order of taking. */
  void recall(SegmentRecord record);

  @Override
  void close();
}
