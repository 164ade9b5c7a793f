package dev.relive.learner;

import dev.relive.agents.ModelMessages;
import dev.relive.agents.Tensors;
import dev.relive.agents.UpdateReport;
import dev.relive.learner.Learning.Piece;
import dev.relive.learner.Learning.Use;
import dev.relive.log.Continuity;
import dev.relive.log.LoggedSegment;
import dev.relive.log.PublicationSink;
import dev.relive.log.ReaderCounters;
import dev.relive.log.Run;
import dev.relive.log.Segment;
import dev.relive.log.SegmentRecord;
import dev.relive.log.SequenceTracker;
import dev.relive.log.Sequencing;
import dev.relive.log.Settings;
import dev.relive.log.wire.CheckpointState;
import dev.relive.log.wire.Position;
import dev.relive.log.wire.Progress;
import dev.relive.log.wire.RunPhase;
import dev.relive.log.wire.RunSpec;
import dev.relive.log.wire.SnapshotReason;
import java.time.InstantSource;
import java.util.List;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * The learner's whole way, in log order on one thread: ingest → remember → update → publish. It
 * knows no Kafka, no thread and no native code; what happens after which step, and which version
 * comes of it, depends on the log alone.
 */
final class LearnerPipeline {
  private static final Continuity ANYWHERE = new Continuity(false, 0, false);

  private final RunProgress progress;
  private final Learning learning;
  private final ExperienceFilter filter;
  private final ExperienceWindow window = new ExperienceWindow();
  private final WeightVersions versions;
  private final Lineage lineage;
  private final Publications publications;
  private final CreditLedger credit = new CreditLedger();
  private final ReaderCounters counters;

  /**
   * Whether the experience is the run's own: then it begins with the first segment of all, and
   * producers wait for this learner.
   */
  private final boolean ownExperience;

  /** Whether credit is granted only together with a new version, while nobody starts again. */
  private final boolean creditInRounds;

  /** Steps from one version to the next; 0 where each follows its updates. */
  private final long roundSteps;

  /** Whether segments come in an order that tells nothing, without duplicates. */
  private final boolean shuffled;

  private Sequencing sequencing;
  private @Nullable UpdateReport lastUpdate;
  private boolean recalling;
  private Progress granted = Progress.getDefaultInstance();
  private volatile PipelineState state;

  /**
   * A run of which nothing has been read.
   *
   * @param first where the run's first segment will stand
   * @param counters where it counts what it reads
   * @param computesWith versions and traits of what it computes with, by name
   */
  LearnerPipeline(
      RunSpec spec,
      LearnerSettings settings,
      Learning learning,
      PublicationSink sink,
      Position first,
      ReaderCounters counters,
      Settings computesWith,
      InstantSource clock) {
    boolean byRound = spec.getDeterministic();
    this.progress = new RunProgress(schedule(settings, byRound), first);
    this.learning = learning;
    this.filter = new ExperienceFilter(filters(spec));
    this.versions =
        new WeightVersions(
            sink.newest().map(Progress::getPolicyVersion).orElse(0L),
            byRound || settings.onPolicy(),
            settings.lead());
    this.lineage = new Lineage(spec, sink.generation(), versions.newest() + 1, computesWith);
    this.publications = new Publications(spec, settings, versions, lineage, sink, clock);
    this.counters = counters;
    this.shuffled = spec.hasShuffle();
    this.ownExperience = !Run.learnsFromAnother(spec);
    this.sequencing = new Sequencing(new SequenceTracker(ownExperience), counters);
    this.creditInRounds = byRound && sink.generation() == 1;
    this.roundSteps = byRound && !settings.onPolicy() ? settings.flow().maxLead() : 0;
    this.state = state(null);
  }

  /** Episodes are judged in the order of the log, so before they are shuffled. */
  private static ExperienceFilters filters(RunSpec spec) {
    ExperienceFilters all = ExperienceFilters.of(Settings.of(spec.getFiltersList()));
    return spec.hasShuffle() ? all.withoutReturns() : all;
  }

  /** A round that its producer has begun it makes whole, so the last one counts to its end. */
  private static RunSchedule schedule(LearnerSettings settings, boolean byRound) {
    RunSchedule stated = settings.schedule();
    return byRound ? stated.inRoundsOf(settings.flow().maxLead()) : stated;
  }

  /** Goes on where a checkpoint was made; the segments of its window are to be accepted first. */
  void restore(CheckpointState checkpoint) {
    var progressed = checkpoint.getProgressed();
    progress.restore(progressed);
    lineage.restore(checkpoint);
    learning.restore(checkpoint);
    window.restore(checkpoint);
    filter.restore(Dropped.of(checkpoint.getFiltered()));
    learning
        .updates()
        .restore(ModelMessages.tensors(checkpoint.getTensors()), progressed.getUpdates());
    sequencing =
        new Sequencing(
            SequenceTracker.resumedFrom(ownExperience, progressed.getActorsList()), counters);
    credit.restore(progressed.getActorsList());
    recalling = checkpoint.hasWindowFirst();
    state = state(null);
  }

  /** Says that the run has a learner, and publishes the weights that it begins with. */
  void begin() throws InterruptedException {
    publications.state(RunPhase.ACTIVE, "");
    addPolicy(learning.updates().weights());
    publish();
  }

  /** Takes the next segment of the run; what lies beyond the step limit is left. */
  void accept(SegmentRecord record) throws InterruptedException {
    if (record.ordinal() < progress.segments()) {
      recall(record);
      return;
    }
    Continuity continuity = continuity(record);
    if (continuity == null) {
      window.addDuplicate(record.ordinal());
    } else {
      learnFrom(filter.admit(record));
    }
    window.forgetBefore(learning.oldestPlace(), filter.oldestHeld());
    credit.read(record.segment(), continuity);
    progress.read(record);
    if (progress.checkpointDue()) {
      addCheckpoint();
    }
    publish();
  }

  /** What a segment is in its actor's order; null for a duplicate. */
  private @Nullable Continuity continuity(SegmentRecord record) {
    if (shuffled) {
      return ANYWHERE;
    }
    LoggedSegment logged = sequencing.apply(record);
    return logged == null ? null : logged.continuity();
  }

  /** A segment of a checkpoint's window: what comes of it had come of it before. */
  private void recall(SegmentRecord record) {
    Admission admitted = window.isDuplicate(record.ordinal()) ? null : filter.admitAgain(record);
    if (admitted != null) {
      long first = learning.nextPlace();
      admitted.pieces().forEach(learning::recall);
      window.add(admitted.origin(), first, learning.nextPlace());
    }
    progress.recalled(record);
    recalling = record.ordinal() + 1 < progress.segments();
  }

  private void learnFrom(@Nullable Admission admitted) throws InterruptedException {
    if (admitted == null) {
      return;
    }
    long first = learning.nextPlace();
    for (SegmentRecord piece : admitted.pieces()) {
      ingest(piece);
    }
    window.add(admitted.origin(), first, learning.nextPlace());
  }

  private void ingest(SegmentRecord record) throws InterruptedException {
    Segment segment = record.segment();
    int taken = 0;
    while (taken < segment.length() && !progress.finished()) {
      int most = (int) Math.min(segment.length() - taken, stepsInOnePiece());
      Piece piece = learning.take(record, taken, most, progress.runSteps(), versions.required());
      taken += piece.steps();
      progress.took(record, piece);
      credit.taken(segment, taken, piece.use() == Use.WAITING ? piece.steps() : 0);
      updateIfDue();
    }
  }

  private long stepsInOnePiece() {
    long toLimit = progress.stepsLeft();
    return roundSteps == 0
        ? toLimit
        : Math.min(toLimit, roundSteps - progress.runSteps() % roundSteps);
  }

  private void updateIfDue() throws InterruptedException {
    boolean updatesDue = learning.updatesDue(progress.runSteps());
    if (updatesDue) {
      if (publications.haveNews()) {
        publish(); // the weights before these, with everything ingested since
      }
      lastUpdate = learning.update();
      credit.settle();
      progress.updated();
    }
    boolean weightsDue = roundSteps == 0 ? updatesDue : progress.runSteps() % roundSteps == 0;
    if (weightsDue && !progress.finished()) { // the last are the run's final ones
      addWeights();
    }
  }

  private void addWeights() {
    Tensors weights = learning.updates().weights();
    if (progress.snapshotDue()) {
      addSnapshot(weights, SnapshotReason.PERIODIC);
      progress.kept();
    } else {
      addPolicy(weights);
    }
  }

  private void addPolicy(Tensors weights) {
    publications.policy(
        progress.runSteps(), learning.updates().count(), weights, learning.preprocessing());
  }

  private void addSnapshot(Tensors weights, SnapshotReason reason) {
    publications.snapshot(
        progress.runSteps(), learning.updates().count(), weights, learning.preprocessing(), reason);
  }

  private void addCheckpoint() {
    progress.checkpointed();
    publications.checkpoint(checkpoint());
  }

  /** The learner's state as it is, made into a message only when it is sent. */
  Supplier<CheckpointState> checkpoint() {
    Tensors tensors = learning.updates().state();
    CheckpointState.Builder checkpoint = CheckpointState.newBuilder();
    progress.save(checkpoint, learning.lostSteps());
    checkpoint.addAllLineage(lineage.generations());
    window.save(checkpoint, learning.oldestPlace(), filter.oldestHeld());
    checkpoint.setFiltered(filter.dropped().message());
    checkpoint
        .getProgressedBuilder()
        .setUpdates(learning.updates().count())
        .addAllActors(sequencing.tracker().state());
    learning.save(checkpoint);
    return () -> checkpoint.setTensors(ModelMessages.message(tensors)).build();
  }

  /** Hands over what there is to say, all that is due with what was ingested being done. */
  private void publish() throws InterruptedException {
    boolean newVersion = publications.haveWeights() && !progress.finished();
    // What a producer left unfinished shifts the rounds of its next start, and they could not end.
    if (newVersion || !creditInRounds || credit.epochs() > 1) {
      granted =
          Progress.newBuilder()
              .addAllActors(ownExperience ? credit.actors() : List.of())
              .setNextSegment(progress.nextSegment())
              .build();
    }
    state = state(lastUpdate);
    publications.publish(
        granted.toBuilder()
            .setSegments(state.segments())
            .setRunSteps(state.runSteps())
            .setUpdates(state.updates()));
  }

  /** Ends the run with its last weights and, unless it is still being rebuilt, its state. */
  void end(String reason) throws InterruptedException {
    addSnapshot(learning.updates().weights(), SnapshotReason.FINAL);
    if (!recalling) {
      addCheckpoint();
    }
    publications.state(RunPhase.STOPPED, reason);
    publish();
  }

  /** Leaves the run to its next learner, with the state unless that is still being rebuilt. */
  void leave() throws InterruptedException {
    if (!recalling) {
      addCheckpoint();
    }
    publish();
  }

  /** Says that the run cannot go on. */
  void fail(String reason) throws InterruptedException {
    publications.state(RunPhase.FAILED, reason);
    publish();
  }

  private PipelineState state(@Nullable UpdateReport update) {
    return progress.with(learning, filter, update);
  }

  /** Whether the run's steps are spent. */
  boolean finished() {
    return progress.finished();
  }

  /** How far it is; for any thread. */
  PipelineState state() {
    return state;
  }

  /** Says again how far it is, after a silence; for any thread. */
  void heartbeat() throws InterruptedException {
    publications.heartbeat();
  }

  /** What it publishes; for any thread. */
  Publications publications() {
    return publications;
  }

  /** The versions of what it publishes; for any thread. */
  WeightVersions versions() {
    return versions;
  }
}
