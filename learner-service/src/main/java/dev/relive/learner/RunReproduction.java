package dev.relive.learner;

import static java.util.Comparator.comparingLong;

import dev.relive.agents.torch.Compute;
import dev.relive.agents.torch.DeviceChoice;
import dev.relive.learner.Stretch.Fork;
import dev.relive.log.LogConnection;
import dev.relive.log.LogException;
import dev.relive.log.RejectedRecords;
import dev.relive.log.Run;
import dev.relive.log.RunFeeds;
import dev.relive.log.SegmentRecord;
import dev.relive.log.Settings;
import dev.relive.log.wire.CheckpointState;
import dev.relive.log.wire.RunSpec;
import dev.relive.log.wire.Setting;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.HashMap;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import reactor.core.publisher.Flux;

/**
 * Derives a run's weights again from the experience that is in its log, and compares them with the
 * snapshots that are. Nothing is written, and no checkpoint is read: all that is taken from the
 * run's learners is where they were started.
 */
public final class RunReproduction {
  private final LogConnection connection;
  private final Settings versions;
  private final DerivedSteps progress;
  private final Map<Fork, CheckpointState> forks = new HashMap<>();
  private long segments;
  private long steps;
  private long rejected;

  /** Hears how far the work is. */
  public interface DerivedSteps {
    /**
     * So far it is.
     *
     * @param done steps of the run that have been derived
     * @param total up to its last snapshot
     */
    void at(long done, long total);
  }

  /**
   * Reproduces runs of a log.
   *
   * @param versions of the program and of what it computes with, by name
   */
  public RunReproduction(
      LogConnection connection, Map<String, String> versions, DerivedSteps progress) {
    this.connection = connection;
    this.versions = Settings.of(versions);
    this.progress = progress;
  }

  /**
   * Derives a run up to its last snapshot.
   *
   * @param anyway whether to try it where the last bits may differ
   * @throws LogException saying why it cannot be reproduced
   */
  public Reproduction reproduce(Run run, boolean anyway) throws InterruptedException {
    List<RecordedSnapshot> snapshots = snapshots(run);
    ReproductionRules rules = new ReproductionRules(run, snapshots);
    LearnerSettings settings = rules.settings();
    try (Compute compute = Compute.open(device(run.spec()))) {
      Settings here = versions.with(Settings.of(compute.traits()));
      List<String> notes = rules.notes(here, anyway);
      List<DerivedSnapshot> compared = new ArrayList<>();
      Deque<Stretch> stretches = new ArrayDeque<>(Stretch.of(settings, snapshots));
      while (!stretches.isEmpty()) {
        compared.addAll(derive(run, settings, compute, stretches.remove()));
        forks.keySet().retainAll(stretches.stream().map(Stretch::start).toList());
      }
      compared.sort(
          comparingLong(DerivedSnapshot::runSteps)
              .thenComparing(DerivedSnapshot::generation)
              .thenComparing(DerivedSnapshot::version));
      return new Reproduction(run.id(), compared, segments, steps, rejected, notes);
    }
  }

  private List<RecordedSnapshot> snapshots(Run run) {
    List<RecordedSnapshot> snapshots =
        new RunFeeds(connection)
            .snapshotsNow(run.id())
            .map(RecordedSnapshot::of)
            .collectList()
            .block();
    return snapshots == null ? List.of() : snapshots;
  }

  /** The device that it was learned on, if there is one here. */
  private static DeviceChoice device(RunSpec spec) {
    boolean byProcessor =
        spec.getVersionsList()
            .contains(Setting.newBuilder().setName("device").setValue("cpu").build());
    return byProcessor ? DeviceChoice.CPU : DeviceChoice.AUTO;
  }

  private List<DerivedSnapshot> derive(
      Run run, LearnerSettings settings, Compute compute, Stretch stretch)
      throws InterruptedException {
    if (stretch.start() != null && !forks.containsKey(stretch.start())) {
      return stretch.underived();
    }
    @Nullable CheckpointState start = stretch.start() == null ? null : forks.get(stretch.start());
    try (Learning learning =
        TorchLearning.open(
            run.spec(), settings, compute, SourceSnapshot.of(connection, run.spec()))) {
      Derivation derivation = new Derivation(run.spec(), settings, learning, stretch, start);
      forks.putAll(read(run.spec(), settings, derivation, start, stretch.lastSteps()));
      return derivation.compared();
    } catch (LogException e) {
      throw new LogException("Run %s cannot be reproduced. %s".formatted(run, e.getMessage()), e);
    }
  }

  /** Gives a derivation the segments of the log until it has seen enough, or there are no more. */
  private Map<Fork, CheckpointState> read(
      RunSpec spec,
      LearnerSettings settings,
      Derivation derivation,
      @Nullable CheckpointState start,
      long lastSteps)
      throws InterruptedException {
    LoggedExperience logged = new LoggedExperience(connection, spec, RejectedRecords.LEFT);
    Flux<SegmentRecord> segmentsOfRun =
        spec.hasShuffle()
            ? new ShuffledExperience(connection, spec).records(Optional.ofNullable(start))
            : logged.heldRecords(Optional.ofNullable(start));
    int prefetch = LearnerService.prefetch(spec, settings);
    try (Stream<SegmentRecord> records = segmentsOfRun.toStream(prefetch)) {
      Iterator<SegmentRecord> next = records.iterator();
      while (!derivation.isDone() && next.hasNext()) {
        SegmentRecord record = next.next();
        derivation.accept(record);
        segments++;
        steps += record.segment().length();
        progress.at(derivation.runSteps(), lastSteps);
      }
    }
    rejected = Math.max(rejected, logged.counters().rejected().total());
    return derivation.forks();
  }
}
