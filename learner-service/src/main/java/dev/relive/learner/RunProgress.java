package dev.relive.learner;

import dev.relive.agents.UpdateReport;
import dev.relive.log.SegmentRecord;
import dev.relive.log.wire.CheckpointState;
import dev.relive.log.wire.CheckpointState.Progressed;
import dev.relive.log.wire.CheckpointState.SegmentIdentity;
import dev.relive.log.wire.Position;
import org.jspecify.annotations.Nullable;

/** How far a learner is in its run, and what is due there. One thread's. */
final class RunProgress {
  private final RunSchedule schedule;
  private long restoredSteps;
  private long segments;
  private long runSteps;
  private long staleSteps;
  private long updateSteps;
  private long snapshotSteps;
  private long checkpointSteps;
  private long checkpoints;
  private long firstIngestedMillis;
  private Position nextSegment;
  private @Nullable SegmentIdentity lastRead;

  /**
   * Nothing has been read.
   *
   * @param first where the run's first segment will stand
   */
  RunProgress(RunSchedule schedule, Position first) {
    this.schedule = schedule;
    this.nextSegment = first;
  }

  /** Goes on with what a checkpoint says. */
  void restore(Progressed progressed) {
    restoredSteps = progressed.getRunSteps();
    segments = progressed.getSegments();
    runSteps = progressed.getRunSteps();
    staleSteps = progressed.getStaleSteps();
    snapshotSteps = progressed.getSnapshotSteps();
    updateSteps = progressed.getUpdateSteps();
    checkpointSteps = runSteps;
    nextSegment = progressed.getNextSegment();
  }

  /**
   * Writes it down. As nothing is said yet of what has to be read again, that is the last segment,
   * of which nothing is remembered: it tells, wherever it stands by then, where to go on.
   *
   * @param lostSteps transitions that wait to be learned from, and will not be after a restart
   */
  void save(CheckpointState.Builder checkpoint, long lostSteps) {
    checkpoint
        .getProgressedBuilder()
        .setSegments(segments)
        .setRunSteps(runSteps)
        .setStaleSteps(staleSteps + lostSteps)
        .setSnapshotSteps(snapshotSteps)
        .setUpdateSteps(updateSteps)
        .setNextSegment(nextSegment);
    if (lastRead != null) {
      checkpoint
          .setWindowFirstSegment(segments - 1)
          .setWindowStart(nextSegment.toBuilder().setOffset(nextSegment.getOffset() - 1))
          .setWindowFirst(lastRead)
          .setWindowSkippedSteps(Long.MAX_VALUE);
    }
  }

  /** Some of a segment's transitions were taken. */
  void took(SegmentRecord record, Learning.Piece piece) {
    runSteps += piece.steps();
    staleSteps += piece.use() == Learning.Use.STALE ? piece.steps() : 0;
    if (firstIngestedMillis == 0) {
      firstIngestedMillis = record.appendedAtMillis();
    }
  }

  /** A segment was read to its end. */
  void read(SegmentRecord record) {
    segments = record.ordinal() + 1;
    lastRead = record.identity();
    nextSegment =
        nextSegment.toBuilder()
            .setPartition(record.partition())
            .setOffset(record.offset() + 1)
            .build();
  }

  /** A segment from before was read again. */
  void recalled(SegmentRecord record) {
    lastRead = record.identity();
  }

  /** Updates were made. */
  void updated() {
    updateSteps = runSteps;
  }

  /** Weights are kept. */
  void kept() {
    snapshotSteps = runSteps;
  }

  /** The learner's state is kept. */
  void checkpointed() {
    checkpointSteps = runSteps;
    checkpoints++;
  }

  /** Whether the last updates were the first at or after a multiple since weights were kept. */
  boolean snapshotDue() {
    return isCrossed(schedule.snapshotEvery(), snapshotSteps, updateSteps);
  }

  boolean checkpointDue() {
    return isCrossed(schedule.checkpointEvery(), checkpointSteps, runSteps);
  }

  /** Whether a multiple of {@code every} lies after {@code before}, up to {@code now}. */
  private static boolean isCrossed(long every, long before, long now) {
    return now / every > before / every;
  }

  /** Whether the run's steps are spent. */
  boolean finished() {
    return schedule.finished(runSteps);
  }

  /** Transitions that the run may still have. */
  long stepsLeft() {
    return schedule.steps() - runSteps;
  }

  /** Segments read, duplicates included: the ordinal of the next. */
  long segments() {
    return segments;
  }

  /** Transitions ingested. */
  long runSteps() {
    return runSteps;
  }

  /** The next record to read. */
  Position nextSegment() {
    return nextSegment;
  }

  /** All of this together with what is learned, for other threads. */
  PipelineState with(
      Learning learning, ExperienceFilter filter, @Nullable UpdateReport lastUpdate) {
    return new PipelineState(
        restoredSteps,
        segments,
        runSteps,
        staleSteps,
        learning.updates().count(),
        learning.held(),
        learning.oldestHeldMillis(),
        firstIngestedMillis,
        snapshotSteps,
        checkpoints,
        checkpointSteps,
        nextSegment,
        filter.dropped(),
        filter.heldEpisodes(),
        lastUpdate);
  }
}
