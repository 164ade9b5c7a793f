package dev.relive.learner;

import dev.relive.agents.TransitionBatch;
import dev.relive.agents.torch.Compute;
import dev.relive.agents.torch.DeviceChoice;
import dev.relive.environments.random.RunSeeds;
import dev.relive.log.PublicationSink;
import dev.relive.log.ReaderCounters;
import dev.relive.log.Segment;
import dev.relive.log.SegmentRecord;
import dev.relive.log.Settings;
import dev.relive.log.wire.CheckpointState;
import dev.relive.log.wire.Position;
import dev.relive.log.wire.RunSpec;
import java.time.InstantSource;
import java.util.Map;

/** A learner's pipeline, as it is, with an agent that only remembers what it learned from. */
public final class SimulatedLearner {
  private static final int BATCH_SIZE = 4;

  /** Where replays are sampled into: the simulations of a thread take turns. */
  private static final ThreadLocal<TransitionBatch> BATCH =
      ThreadLocal.withInitial(
          () -> new TransitionBatch(Compute.open(DeviceChoice.CPU), BATCH_SIZE, 2));

  private final LearnerPipeline pipeline;
  private final HashUpdates updates;
  private final ReaderCounters counters = new ReaderCounters();

  /** Hears of transitions that a batch takes. */
  public interface Gathering {
    void gathered(Segment segment, int from, int steps);
  }

  /** A learner of a new run, or one that is to be restored. */
  public SimulatedLearner(
      RunSpec spec,
      LearnerSettings settings,
      PublicationSink sink,
      Gathering gathering,
      InstantSource clock) {
    ObservationProcessing observations = ObservationProcessing.none(2);
    Learning learning;
    if (settings instanceof ReplaySettings replay) {
      updates = new HashUpdates(BATCH.get(), replay.discount(), replay.returnSteps(), gathering);
      learning =
          new ReplayLearning(replay, observations, new RunSeeds(spec.getSeed()).replay(), updates);
    } else {
      updates = new HashUpdates(BATCH.get(), 1, 1, gathering);
      learning = new BatchLearning((BatchSettings) settings, observations, updates);
    }
    pipeline =
        new LearnerPipeline(
            spec,
            settings,
            learning,
            sink,
            Position.getDefaultInstance(),
            counters,
            Settings.of(Map.of()),
            clock);
  }

  /** Goes on where a checkpoint was made; the segments of its window come again. */
  public void restore(CheckpointState checkpoint) {
    pipeline.restore(checkpoint);
  }

  /** Publishes that it has begun. */
  public void begin() {
    uninterrupted(pipeline::begin);
  }

  /** Takes the run's next segment. */
  public void accept(SegmentRecord record) {
    uninterrupted(() -> pipeline.accept(record));
  }

  /** Publishes that the run has ended. */
  public void end(String reason) {
    uninterrupted(() -> pipeline.end(reason));
  }

  /** Repeats itself after a silence. */
  public void heartbeat() {
    uninterrupted(pipeline::heartbeat);
  }

  private interface Work {
    void run() throws InterruptedException;
  }

  private static void uninterrupted(Work work) {
    try {
      work.run();
    } catch (InterruptedException e) {
      throw new AssertionError("nobody interrupts a simulation", e);
    }
  }

  /** Whether the run's steps are spent. */
  public boolean isFinished() {
    return pipeline.finished();
  }

  /** Segments read: the ordinal of the next. */
  public long segments() {
    return pipeline.state().segments();
  }

  /** Transitions ingested. */
  public long runSteps() {
    return pipeline.state().runSteps();
  }

  /** Those of them that were too old to learn from. */
  public long staleSteps() {
    return pipeline.state().staleSteps();
  }

  /** Updates made. */
  public long updates() {
    return updates.count();
  }

  /** The newest version of its weights. */
  public long version() {
    return pipeline.versions().newest();
  }

  /** The oldest version that producers may step with. */
  public long requiredVersion() {
    return pipeline.versions().required();
  }

  /** Segments that it found missing since it began. */
  public long gaps() {
    return counters.gaps();
  }

  /** Segments that it found to be duplicates since it began. */
  public long duplicates() {
    return counters.duplicates();
  }

  /** A hash of everything that it ever learned from. */
  public long hash() {
    return updates.hash();
  }
}
