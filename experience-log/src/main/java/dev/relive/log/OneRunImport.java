package dev.relive.log;

import dev.relive.log.RunImport.Imported;
import dev.relive.log.wire.Progress;
import dev.relive.log.wire.RunPhase;
import dev.relive.log.wire.RunSpec;
import dev.relive.log.wire.RunState;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.LongSupplier;
import org.apache.kafka.common.TopicPartition;

/**
 * Adds one run of an archive to a log. What makes it a run that a learner can go on with comes
 * last, so that a run whose import was broken off is never taken for a whole one:
 *
 * <pre>
 *   spec ──▶ "its import is not complete" ──▶ segments ──▶ snapshots ──▶ evaluations
 *        ──▶ one transaction: policy, checkpoint, state, verdict, Progress
 * </pre>
 */
final class OneRunImport {
  private static final int PARTITION = 0;
  private static final String INCOMPLETE = "Its import is not complete.";

  private final LogConnection connection;
  private final InstantSource clock;
  private final Duration silence;
  private final ArchiveReader archive;
  private final Runnable onMore;

  /**
   * @param archive at the beginning of a run
   * @param onMore is called whenever more of it is done
   */
  OneRunImport(
      LogConnection connection,
      InstantSource clock,
      Duration silence,
      ArchiveReader archive,
      Runnable onMore) {
    this.connection = connection;
    this.clock = clock;
    this.silence = silence;
    this.archive = archive;
    this.onMore = onMore;
  }

  /**
   * Adds what the log does not hold of it.
   *
   * @throws LogException saying why it cannot be added
   */
  Imported add() throws IOException {
    ArchiveHead head = ArchiveHead.read(archive);
    ensureTopics(head.spec());
    StoredRun stored = new StoredRun(connection, head.spec().getRun());
    Stage stage = begin(head, stored);
    try (UnbrokenAppend append = new UnbrokenAppend(connection)) {
      Imported imported = new Records(head, stored, stage, append).add();
      archive.end();
      return imported;
    } catch (UncheckedIOException e) {
      throw e.getCause();
    }
  }

  private void ensureTopics(RunSpec spec) {
    TopicCatalogue topics = connection.topics();
    List<Topic> needed = new ArrayList<>(topics.shared());
    needed.add(topics.experienceOf(spec));
    needed.add(topics.rejected(spec.getStream()));
    try (LogAdmin admin = LogAdmin.open(connection)) {
      admin.ensure(needed);
    }
  }

  /**
   * How far the log is with the run.
   *
   * @param run as it stands there
   * @param began whether it was there before
   * @param open whether more of the run may be added
   * @param learnerMissing whether what its learner left is not there yet
   */
  private record Stage(Run run, boolean began, boolean open, boolean learnerMissing) {
    RunSpec spec() {
      return run.spec();
    }
  }

  private Stage begin(ArchiveHead head, StoredRun stored) {
    try (RunRegistry registry = new RunRegistry(connection)) {
      Optional<Run> there =
          registry.runs().stream().filter(run -> run.id().equals(head.spec().getRun())).findFirst();
      if (there.isEmpty()) {
        RunSpec spec = placed(head.spec());
        registry.create(spec);
        registry.setState(incomplete(head));
        return new Stage(new Run(spec, null, null), false, true, true);
      }
      return stage(head, there.get(), stored.progress());
    }
  }

  private Stage stage(ArchiveHead head, Run there, Optional<ArchivedRecord> progressThere) {
    requireSame(head.spec(), there);
    if (RunActivity.isLearned(connection, there, silence)) {
      throw new LogException(
          "Run %s is being learned in this log, so nothing can be added to it.".formatted(there));
    }
    long ordinal = head.progress() == null ? 0 : head.progress().getOrdinal();
    long ordinalThere = progressThere.map(OneRunImport::ordinal).orElse(0L);
    boolean learnerMissing =
        ordinalThere < ordinal
            || (ordinalThere == 0 && (there.state() == null || isIncomplete(there.state())));
    return new Stage(there, true, ordinalThere <= ordinal, learnerMissing);
  }

  private static long ordinal(ArchivedRecord progress) {
    try {
      return progress.message(RecordCodec.PROGRESS).getOrdinal();
    } catch (RejectedRecordException e) {
      throw new IllegalStateException("What was read a moment ago cannot be read.", e);
    }
  }

  private static boolean isIncomplete(RunState state) {
    return state.getReason().equals(INCOMPLETE);
  }

  /** Whether it is the same run: all but where it lies and how long it is kept there. */
  private static void requireSame(RunSpec spec, Run there) {
    if (!unplaced(spec).equals(unplaced(there.spec()))) {
      throw new LogException(
          "The log holds another run %s already, which began at %s, not at %s."
              .formatted(there, began(there.spec()), began(spec)));
    }
  }

  private static RunSpec unplaced(RunSpec spec) {
    return spec.toBuilder().clearMagic().clearCrc32C().clearPartitions().clearRetentionMs().build();
  }

  private static Instant began(RunSpec spec) {
    return Instant.EPOCH.plus(spec.getCreatedAtMicros(), ChronoUnit.MICROS);
  }

  /** As the run's records will lie in this log. */
  private RunSpec placed(RunSpec spec) {
    Topic topic = connection.topics().experience(spec.getStream());
    try (LogAdmin admin = LogAdmin.open(connection)) {
      RunSpec.Builder here = spec.toBuilder().clearPartitions();
      here.addPartitions(
          spec.getPartitions(0).toBuilder()
              .setPartition(PARTITION)
              .setFirstOffset(admin.endOffset(topic, PARTITION))
              .clearEndOffset());
      return here.setRetentionMs(admin.retention(topic).toMillis()).build();
    }
  }

  private RunState incomplete(ArchiveHead head) {
    return RunState.newBuilder()
        .setRun(head.spec().getRun())
        .setPhase(RunPhase.STOPPED)
        .setSinceMicros(ChronoUnit.MICROS.between(Instant.EPOCH, clock.instant()))
        .setReason(INCOMPLETE)
        .build();
  }

  /**
   * Whoever is adding to the run, a producer or another import, is let be.
   *
   * @param before where its partition ended when this began to look at it
   */
  private void requireQuiet(Run run, long before) {
    pause();
    new StoredRun(connection, run.id())
        .segments(
            run.spec(),
            run.spec().getPartitions(0).toBuilder().setFirstOffset(before).build(),
            PartitionScan.logEnd(connection, experience(run.spec())),
            offset -> {},
            found -> {
              throw new LogException(
                  "Run %s is being written in this log, by a producer or another import, so nothing can be added to it."
                      .formatted(run));
            });
  }

  private void pause() {
    try {
      Thread.sleep(silence.toMillis());
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new LogException("The import was interrupted.", e);
    }
  }

  private TopicPartition experience(RunSpec spec) {
    return new TopicPartition(
        connection.topics().experience(spec.getStream()).name(),
        spec.getPartitions(0).getPartition());
  }

  /** The records of the run behind its spec. */
  private final class Records {
    private final ArchiveHead head;
    private final StoredRun stored;
    private final Stage stage;
    private final UnbrokenAppend append;
    private final ArchivedPlaces segmentPlaces;
    private final ArchivedExtras extras;
    private final long end;
    private boolean quiet;

    Records(ArchiveHead head, StoredRun stored, Stage stage, UnbrokenAppend append) {
      this.head = head;
      this.stored = stored;
      this.stage = stage;
      this.append = append;
      this.segmentPlaces =
          new ArchivedPlaces(experience(stage.spec()), ImportedLearner.segmentsOf(head));
      this.extras = new ArchivedExtras(archive, head.spec().getRun());
      this.end = PartitionScan.logEnd(connection, segmentPlaces.partition());
      this.quiet = !stage.began();
    }

    /** Before the first that is added to a run that was there. */
    private void requireQuiet() {
      if (!quiet) {
        OneRunImport.this.requireQuiet(stage.run(), end);
        quiet = true;
      }
    }

    Imported add() {
      SectionCopy segments = copySegments();
      ArchivedPlaces snapshotPlaces =
          new ArchivedPlaces(stored.partition(connection.topics().snapshots()), newestSnapshot());
      SectionCopy snapshots = copySnapshots(snapshotPlaces);
      SectionCopy evaluations = copyEvaluations();
      if (stage.learnerMissing()) {
        requireQuiet();
        new ImportedLearner(
                connection,
                head,
                segmentPlaces,
                stage.spec().getPartitions(0).getFirstOffset(),
                newestSnapshot() == 0 ? null : snapshotPlaces.of(newestSnapshot()))
            .write();
      }
      return new Imported(
          head.spec().getRun(),
          segments.records(),
          segments.added(),
          snapshots.records(),
          snapshots.added(),
          evaluations.records(),
          evaluations.added(),
          head.progress() != null);
    }

    private long newestSnapshot() {
      Progress progress = head.progress();
      return progress != null && progress.hasSnapshot() ? progress.getSnapshotVersion() : 0;
    }

    private SectionCopy copySegments() {
      ArchivedSegments segments = new ArchivedSegments(archive, head.spec());
      TopicPartition partition = experience(stage.spec());
      SectionCopy copy = copy(partition, segments::next, segments::ordinal, segmentPlaces::stands);
      stored.segments(stage.spec(), stage.spec().getPartitions(0), end, offset -> {}, copy::holds);
      copy.addRest();
      return copy;
    }

    private SectionCopy copySnapshots(ArchivedPlaces places) {
      SectionCopy copy =
          copy(places.partition(), extras::nextSnapshot, extras::snapshotVersion, places::stands);
      stored.snapshots(copy::holds);
      copy.addRest();
      return copy;
    }

    private SectionCopy copyEvaluations() {
      TopicPartition partition = stored.partition(connection.topics().evaluations());
      SectionCopy copy = copy(partition, extras::nextEvaluation, () -> 0, (number, offset) -> {});
      stored.evaluations(copy::holds);
      copy.addRest();
      return copy;
    }

    private SectionCopy copy(
        TopicPartition partition,
        SectionCopy.Source source,
        LongSupplier numbering,
        SectionCopy.Places places) {
      return new SectionCopy(
          head.spec().getRun(),
          partition,
          append,
          stage.open(),
          this::requireQuiet,
          source,
          numbering,
          places,
          onMore);
    }
  }
}
