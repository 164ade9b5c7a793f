package dev.relive.learner;

import dev.relive.agents.UpdateReport;
import dev.relive.log.PolicyVersions;
import dev.relive.log.Segment;
import dev.relive.log.SegmentRecord;
import dev.relive.log.wire.CheckpointState;

/**
 * On-policy learning: an update for every B transitions, in log order, that were chosen by a policy
 * recent enough; older ones are skipped. Each transition is learned from once. There is no other
 * rule, so an actor that dies or falls behind holds nobody up.
 */
final class BatchLearning implements Learning {
  private final int batchSize;
  private final BatchUpdates updates;
  private int waiting;
  private long oldestWaitingMillis;

  BatchLearning(BatchSettings settings, BatchUpdates updates) {
    this.batchSize = settings.batchSize();
    this.updates = updates;
  }

  @Override
  public Piece take(SegmentRecord record, int from, int most, long runSteps, long requiredVersion) {
    Segment segment = record.segment();
    boolean fresh = isFresh(segment, from, requiredVersion);
    int end = stretchEnd(segment, from, fresh, requiredVersion);
    int steps = Math.min(end - from, most);
    if (!fresh) {
      return new Piece(steps, Use.STALE);
    }
    steps = Math.min(steps, batchSize - waiting);
    updates.gather(segment, from, steps);
    oldestWaitingMillis = waiting == 0 ? record.appendedAtMillis() : oldestWaitingMillis;
    waiting += steps;
    return new Piece(steps, Use.WAITING);
  }

  /** An action without its probability was not chosen by a policy of this run. */
  private static boolean isFresh(Segment segment, int transition, long requiredVersion) {
    return segment.behaviourProbabilities() != null
        && segment.policyVersions().at(transition) >= requiredVersion;
  }

  /** The first transition after {@code from} of which the other is true. */
  private static int stretchEnd(Segment segment, int from, boolean fresh, long requiredVersion) {
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
    waiting = 0;
    return report;
  }

  @Override
  public Updates updates() {
    return updates;
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

  @Override
  public int waiting() {
    return waiting;
  }

  @Override
  public void duplicate(long ordinal) {
    // Nothing is read again after a restart.
  }

  @Override
  public void save(CheckpointState.Builder checkpoint) {
    // What was gathered is stale for the weights that a restored learner acts by.
  }

  @Override
  public void restore(CheckpointState checkpoint) {
    // It begins with an empty batch.
  }

  @Override
  public void recall(SegmentRecord record) {
    // It comes only to tell where to go on.
  }

  @Override
  public void close() {
    updates.close();
  }
}
