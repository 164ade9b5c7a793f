package dev.relive.learner;

import dev.relive.agents.ModelMessages;
import dev.relive.agents.Tensors;
import dev.relive.agents.UpdateReport;
import dev.relive.learner.Learning.Piece;
import dev.relive.learner.Learning.Use;
import dev.relive.log.LoggedSegment;
import dev.relive.log.PublicationSink;
import dev.relive.log.ReaderCounters;
import dev.relive.log.Segment;
import dev.relive.log.SegmentRecord;
import dev.relive.log.SequenceTracker;
import dev.relive.log.Sequencing;
import dev.relive.log.wire.CheckpointState;
import dev.relive.log.wire.CheckpointState.Progressed;
import dev.relive.log.wire.CheckpointState.SegmentIdentity;
import dev.relive.log.wire.Position;
import dev.relive.log.wire.Progress;
import dev.relive.log.wire.RunPhase;
import dev.relive.log.wire.RunSpec;
import dev.relive.log.wire.SnapshotReason;
import java.time.InstantSource;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * The learner's whole way, in log order on one thread: ingest → remember → update → publish. It
 * knows no Kafka, no thread and no native code; what happens after which step, and which version
 * comes of it, depends on the log alone.
 */
final class LearnerPipeline {
  private final RunSchedule schedule;
  private final Learning learning;
  private final WeightVersions versions;
  private final Publications publications;
  private final CreditLedger credit;

  /** Whether credit is granted only together with a new version. */
  private final boolean creditByVersion;

  /** Steps from one version to the next; 0 where each follows its updates. */
  private final long roundSteps;

  private final ReaderCounters counters;
  private Sequencing sequencing;
  private @Nullable SegmentIdentity lastRead;
  private long restoredSteps;
  private long segments;
  private long runSteps;
  private long staleSteps;
  private long updateSteps; // at the last updates
  private long snapshotSteps;
  private long checkpointSteps;
  private long checkpoints;
  private boolean recalling;
  private boolean versionIsNew;
  private long firstIngestedMillis;
  private Progress granted = Progress.getDefaultInstance();
  private @Nullable UpdateReport lastUpdate;
  private volatile PipelineState state;

  /**
   * @param first where the run's first segment will stand
   * @param counters where it counts what it reads
   */
  LearnerPipeline(
      RunSpec spec,
      LearnerSettings settings,
      Learning learning,
      PublicationSink sink,
      Position first,
      ReaderCounters counters,
      InstantSource clock) {
    this.schedule = settings.schedule();
    this.learning = learning;
    this.versions =
        new WeightVersions(
            sink.newest().map(Progress::getPolicyVersion).orElse(0L),
            spec.getDeterministic() || settings.onPolicy(),
            settings.lead());
    this.publications =
        new Publications(
            spec,
            settings.network(spec.getEnvironment()),
            settings.exploration(),
            versions,
            sink,
            clock);
    this.counters = counters;
    this.sequencing = new Sequencing(new SequenceTracker(true), counters);
    this.credit = new CreditLedger(first);
    this.creditByVersion = spec.getDeterministic();
    this.roundSteps =
        spec.getDeterministic() && !settings.onPolicy() ? settings.flow().maxLead() : 0;
    this.state = stateNow();
  }

  /** How far it is; may be asked from any thread. */
  PipelineState state() {
    return state;
  }

  Publications publications() {
    return publications;
  }

  WeightVersions versions() {
    return versions;
  }

  RunSchedule schedule() {
    return schedule;
  }

  /** Observations that can be remembered, or transitions of a batch. */
  int capacity() {
    return learning.capacity();
  }

  /** Whether the run's steps are spent. */
  boolean finished() {
    return schedule.finished(runSteps);
  }

  /** Goes on where a checkpoint was made; its window's segments must be accepted first. */
  void restore(CheckpointState checkpoint) {
    Progressed progressed = checkpoint.getProgressed();
    learning.restore(checkpoint);
    learning
        .updates()
        .restore(ModelMessages.tensors(checkpoint.getTensors()), progressed.getUpdates());
    sequencing =
        new Sequencing(SequenceTracker.resumedFrom(true, progressed.getActorsList()), counters);
    credit.restore(progressed.getActorsList(), progressed.getNextSegment());
    segments = progressed.getSegments();
    runSteps = progressed.getRunSteps();
    restoredSteps = runSteps;
    staleSteps = progressed.getStaleSteps();
    snapshotSteps = progressed.getSnapshotSteps();
    updateSteps = snapshotSteps;
    checkpointSteps = runSteps;
    recalling = checkpoint.getWindowFirstSegment() < segments;
    state = stateNow();
  }

  /** Says that the run has a learner, and publishes the weights that it begins with. */
  void begin() throws InterruptedException {
    publications.state(RunPhase.ACTIVE, "");
    addWeights();
    publish();
  }

  /** Takes the next segment of the run; what lies beyond the step limit is left. */
  void accept(SegmentRecord record) throws InterruptedException {
    lastRead = record.identity();
    if (record.ordinal() < segments) {
      learning.recall(record);
      recalling = record.ordinal() + 1 < segments;
      return;
    }
    LoggedSegment logged = sequencing.apply(record);
    if (logged == null) {
      learning.duplicate(record.ordinal());
    } else {
      ingest(record);
    }
    credit.read(record, logged == null ? null : logged.continuity());
    segments = record.ordinal() + 1;
    if (isCrossed(schedule.checkpointEvery(), checkpointSteps, runSteps)) {
      addCheckpoint();
    }
    publish();
  }

  private void ingest(SegmentRecord record) throws InterruptedException {
    Segment segment = record.segment();
    int taken = 0;
    while (taken < segment.length() && !finished()) {
      int most = (int) Math.min(segment.length() - taken, stepsToBoundary());
      Piece piece = learning.take(record, taken, most, runSteps, versions.required());
      taken += piece.steps();
      runSteps += piece.steps();
      staleSteps += piece.use() == Use.STALE ? piece.steps() : 0;
      credit.taken(segment, taken, piece.use() == Use.WAITING ? piece.steps() : 0);
      if (firstIngestedMillis == 0) {
        firstIngestedMillis = record.appendedAtMillis();
      }
      updateIfDue();
    }
  }

  private long stepsToBoundary() {
    long toLimit = schedule.steps() - runSteps;
    return roundSteps == 0 ? toLimit : Math.min(toLimit, roundSteps - runSteps % roundSteps);
  }

  private void updateIfDue() throws InterruptedException {
    boolean updatesDue = learning.updatesDue(runSteps);
    if (updatesDue) {
      if (publications.waits()) {
        publish(); // the weights before these, with everything ingested since
      }
      lastUpdate = learning.update();
      credit.settle();
      updateSteps = runSteps;
    }
    if (roundSteps == 0 ? updatesDue : runSteps % roundSteps == 0) {
      addWeights();
    }
  }

  private void addWeights() {
    Tensors weights = learning.updates().weights();
    long updates = learning.updates().count();
    if (isCrossed(schedule.snapshotEvery(), snapshotSteps, updateSteps)) {
      publications.snapshot(runSteps, updates, weights, SnapshotReason.PERIODIC);
      snapshotSteps = runSteps;
    } else {
      publications.policy(runSteps, updates, weights);
    }
    versionIsNew = true;
  }

  private void addCheckpoint() {
    checkpointSteps = runSteps;
    checkpoints++;
    publications.checkpoint(checkpoint());
  }

  /** The state as it is, made into a message only when it is sent. */
  private Supplier<CheckpointState> checkpoint() {
    Tensors tensors = learning.updates().state();
    CheckpointState.Builder checkpoint =
        CheckpointState.newBuilder()
            .setProgressed(
                Progressed.newBuilder()
                    .setSegments(segments)
                    .setRunSteps(runSteps)
                    .setUpdates(learning.updates().count())
                    .addAllActors(sequencing.tracker().state())
                    .setNextSegment(credit.nextSegment())
                    .setStaleSteps(staleSteps + learning.waiting())
                    .setSnapshotSteps(snapshotSteps));
    saveWindow(checkpoint);
    return () -> checkpoint.setTensors(ModelMessages.message(tensors)).build();
  }

  /**
   * Without anything to remember, reading goes on at the last segment, which verifies the place.
   */
  private void saveWindow(CheckpointState.Builder checkpoint) {
    Position next = credit.nextSegment();
    checkpoint.setWindowFirstSegment(segments).setWindowStart(next);
    if (lastRead != null) {
      checkpoint
          .setWindowFirstSegment(segments - 1)
          .setWindowStart(next.toBuilder().setOffset(next.getOffset() - 1))
          .setWindowFirst(lastRead);
    }
    learning.save(checkpoint);
  }

  /** Ends the run with its last weights and, unless it is still being rebuilt, its state. */
  void end(String reason) throws InterruptedException {
    publications.snapshot(
        runSteps, learning.updates().count(), learning.updates().weights(), SnapshotReason.FINAL);
    if (!recalling) {
      addCheckpoint();
    }
    publications.state(RunPhase.STOPPED, reason);
    publish();
  }

  /** Says that the run cannot go on. */
  void fail(String reason) throws InterruptedException {
    publications.state(RunPhase.FAILED, reason);
    publish();
  }

  /** Says again how far it is, after a silence; from any thread. */
  void heartbeat() throws InterruptedException {
    publications.heartbeat();
  }

  private void publish() throws InterruptedException {
    if (versionIsNew || !creditByVersion) {
      granted = credit.grant();
      versionIsNew = false;
    }
    state = stateNow();
    publications.publish(
        granted.toBuilder()
            .setSegments(segments)
            .setRunSteps(runSteps)
            .setUpdates(learning.updates().count()));
  }

  private PipelineState stateNow() {
    return new PipelineState(
        restoredSteps,
        segments,
        runSteps,
        staleSteps,
        learning.updates().count(),
        credit.nextSegment(),
        learning.held(),
        learning.oldestHeldMillis(),
        firstIngestedMillis,
        snapshotSteps,
        checkpoints,
        checkpointSteps,
        lastUpdate);
  }

  /** Whether a multiple of {@code every} lies after {@code before}, up to {@code now}. */
  private static boolean isCrossed(long every, long before, long now) {
    return now / every > before / every;
  }
}
