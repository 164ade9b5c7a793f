package dev.relive.learner;

import dev.relive.agents.UpdateReport;
import dev.relive.environments.random.Generator;
import dev.relive.log.SegmentRecord;
import dev.relive.log.wire.CheckpointState;
import dev.relive.log.wire.Preprocessing;

/**
 * Off-policy learning: every transition goes into a replay, and updates draw from it at the steps
 * that the schedule says.
 */
final class ReplayLearning implements Learning {
  private static final String REPLAY = "replay";

  private final UpdateSchedule schedule;
  private final int capacity;
  private final ObservationProcessing observations;
  private final ReplayBuffer replay;
  private final Generator random;
  private final ReplayUpdates updates;

  /** Places at the beginning of a restored window that had been forgotten. */
  private long forgottenPlaces;

  /**
   * An empty replay.
   *
   * @param observations what is done to observations when they are drawn
   * @param random the stream that samples
   */
  ReplayLearning(
      ReplaySettings settings,
      ObservationProcessing observations,
      Generator random,
      ReplayUpdates updates) {
    this.schedule = settings.updates();
    this.capacity = settings.replayCapacity();
    this.observations = observations;
    this.replay =
        new ReplayBuffer(capacity, observations.encoder(), settings.preprocessing().rewards());
    this.random = random;
    this.updates = updates;
  }

  @Override
  public Piece take(SegmentRecord record, int from, int most, long runSteps, long requiredVersion) {
    int steps = (int) Math.min(most, schedule.stepsToNextUpdates(runSteps));
    remember(record, from, steps);
    observations.ingested(record.segment(), from, steps);
    return new Piece(steps, Use.REMEMBERED);
  }

  private void remember(SegmentRecord record, int from, int steps) {
    replay.append(record.segment(), record.appendedAtMillis(), from, steps);
  }

  @Override
  public boolean updatesDue(long runSteps) {
    return schedule.updatesDue(runSteps);
  }

  @Override
  public UpdateReport update() {
    observations.update(); // each round sees all that was ingested before it
    for (int i = 1; i < schedule.updates(); i++) {
      updates.update(replay, random);
    }
    return updates.update(replay, random);
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
    return replay.transitions();
  }

  @Override
  public int capacity() {
    return capacity;
  }

  @Override
  public long oldestHeldMillis() {
    return replay.oldestAppendedAtMillis();
  }

  @Override
  public int lostSteps() {
    return 0;
  }

  @Override
  public long oldestPlace() {
    return replay.oldestPosition();
  }

  @Override
  public long nextPlace() {
    return replay.nextPosition();
  }

  @Override
  public void save(CheckpointState.Builder checkpoint) {
    checkpoint.addRandomStreams(RandomStreams.message(REPLAY, random.state()));
    observations.save(checkpoint);
  }

  @Override
  public void restore(CheckpointState checkpoint) {
    random.restore(RandomStreams.state(REPLAY, checkpoint));
    observations.restore(checkpoint);
    forgottenPlaces = checkpoint.getWindowSkippedSteps();
  }

  @Override
  public void recall(SegmentRecord record) {
    if (record.segment().length() == 0) {
      return;
    }
    remember(record, 0, record.segment().length());
    replay.forgetBefore(Math.min(forgottenPlaces, replay.nextPosition()));
  }

  @Override
  public void close() {
    updates.close();
  }
}
