package dev.relive.learner;

import dev.relive.agents.UpdateReport;
import dev.relive.log.PolicyVersions;
import dev.relive.log.Segment;
import dev.relive.log.SegmentRecord;
import dev.relive.log.wire.CheckpointState;
import dev.relive.log.wire.Preprocessing;

/**
 * An update for every B transitions, in log order, that were chosen by a policy recent enough;
 * older ones are skipped. Each transition is learned from once. There is no other rule, so an actor
 * that dies or falls behind holds nobody up. Off-policy no version is asked for, and nothing is
 * skipped.
 */
final class BatchLearning implements Learning {
  private final int batchSize;
  private final ObservationProcessing observations;
  private final BatchUpdates updates;
  private final boolean onPolicy;
  private int waiting;

  private long gathered;

  /** Transitions at the beginning of a restored window that had been learned from. */
  private long forgottenPlaces;

  private long oldestWaitingMillis;

  /**
   * Nothing gathered yet.
   *
   * @param observations what is done to observations when they are gathered
   */
  BatchLearning(BatchSettings settings, ObservationProcessing observations, BatchUpdates updates) {
    this.observations = observations;
    this.batchSize = settings.batchSize();
    this.onPolicy = settings.onPolicy();
    this.updates = updates;
  }

  @Override
  public Piece take(SegmentRecord record, int from, int most, long runSteps, long requiredVersion) {
    Segment segment = record.segment();
    boolean fresh = isFresh(segment, from, requiredVersion);
    int end = stretchEnd(segment, from, fresh, requiredVersion);
    int steps = Math.min(end - from, fresh ? Math.min(most, batchSize - waiting) : most);
    if (fresh) {
      gather(record, from, steps);
    }
    observations.ingested(segment, from, steps);
    if (from + steps == segment.length()) {
      observations.earlier().add(segment);
    }
    return new Piece(steps, fresh ? Use.WAITING : Use.STALE);
  }

  private void gather(SegmentRecord record, int from, int steps) {
    updates.gather(record.segment(), from, steps);
    oldestWaitingMillis = waiting == 0 ? record.appendedAtMillis() : oldestWaitingMillis;
    waiting += steps;
    gathered += steps;
  }

  /** An action without its probability was not chosen by a policy of this run. */
  private boolean isFresh(Segment segment, int transition, long requiredVersion) {
    return !onPolicy
        || (segment.behaviourProbabilities() != null
            && segment.policyVersions().at(transition) >= requiredVersion);
  }

  /** The first transition after {@code from} of which the other is true. */
  private int stretchEnd(Segment segment, int from, boolean fresh, long requiredVersion) {
    PolicyVersions versions = segment.policyVersions();
    for (int i = 0; i < versions.count(); i++) {
      int begin = versions.from(i);
      if (begin > from && isFresh(segment, begin, requiredVersion) != fresh) {
        return begin;
      }
    }
    return segment.length();
  }

  @Override
  public boolean updatesDue(long runSteps) {
    return waiting == batchSize;
  }

  @Override
  public UpdateReport update() {
    UpdateReport report = updates.update();
    // Only now: what is learned from was chosen by what the network saw with the statistics before.
    observations.update();
    waiting = 0;
    return report;
  }

  @Override
  public Updates updates() {
    return updates;
  }

  @Override
  public Preprocessing preprocessing() {
    return observations.message();
  }

  @Override
  public int held() {
    return waiting;
  }

  @Override
  public int capacity() {
    return batchSize;
  }

  @Override
  public long oldestHeldMillis() {
    return waiting == 0 ? 0 : oldestWaitingMillis;
  }

  /** What was gathered on-policy is stale for the weights that a restored learner acts by. */
  @Override
  public int lostSteps() {
    return onPolicy ? waiting : 0;
  }

  @Override
  public long oldestPlace() {
    return onPolicy ? gathered : gathered - waiting;
  }

  @Override
  public long nextPlace() {
    return gathered;
  }

  @Override
  public void save(CheckpointState.Builder checkpoint) {
    observations.save(checkpoint); // what waits comes again
  }

  @Override
  public void restore(CheckpointState checkpoint) {
    observations.restore(checkpoint);
    forgottenPlaces = checkpoint.getWindowSkippedSteps();
  }

  @Override
  public void recall(SegmentRecord record) {
    if (onPolicy) {
      return; // it comes only to tell where to go on
    }
    int length = record.segment().length();
    int from = (int) Math.min(length, Math.max(0, forgottenPlaces - gathered));
    gathered += from;
    if (from < length) {
      gather(record, from, length - from);
    }
    observations.earlier().add(record.segment());
  }

  @Override
  public void close() {
    updates.close();
  }
}
