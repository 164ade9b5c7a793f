package dev.relive.learner;

import dev.relive.agents.DoubleDqn;
import dev.relive.agents.TransitionBatch;
import dev.relive.agents.UpdateReport;
import dev.relive.environments.random.Generator;
import dev.relive.log.LoggedSegment;
import dev.relive.log.Segment;
import dev.relive.log.wire.SnapshotReason;
import org.jspecify.annotations.Nullable;

/**
 * The learner's whole way, in log order on one thread: ingest → replay → sample → update → publish.
 * A segment is split where the schedule says so, and what is sampled comes from the run's own
 * random stream, so what happens after which step depends on the log alone.
 */
final class LearnerPipeline {
  private final ReplaySettings settings;
  private final ReplayBuffer replay;
  private final Generator random;
  private final TransitionBatch batch;
  private final DoubleDqn learner;
  private final Publications publications;
  private volatile PipelineState state = PipelineState.START;

  /**
   * @param random the stream that samples the replay
   * @param batch is overwritten by every update
   */
  LearnerPipeline(
      ReplaySettings settings,
      ReplayBuffer replay,
      Generator random,
      TransitionBatch batch,
      DoubleDqn learner,
      Publications publications) {
    this.settings = settings;
    this.replay = replay;
    this.random = random;
    this.batch = batch;
    this.learner = learner;
    this.publications = publications;
  }

  /** How far it is; may be asked from any thread. */
  PipelineState state() {
    return state;
  }

  /** Whether the run's steps are spent. */
  boolean finished() {
    return settings.schedule().finished(state.runSteps());
  }

  /** Publishes the weights that the run begins with, so that producers can act. */
  void begin() throws InterruptedException {
    publications.policy(state, learner.weights());
  }

  /** Takes the next segment of the run; what lies beyond the step limit is left. */
  void accept(LoggedSegment logged) throws InterruptedException {
    Segment segment = logged.segment();
    int taken = 0;
    while (taken < segment.length() && !finished()) {
      int part = (int) Math.min(segment.length() - taken, stepsToNextEvent());
      replay.append(logged, taken, part);
      taken += part;
      state = state.ingested(part, replay);
      doWhatIsDue();
    }
    state = state.segmentIngested();
    publications.ingested(state, logged);
  }

  /** Publishes the weights that the run ends with. */
  void end() throws InterruptedException {
    publications.snapshot(state, learner.weights(), SnapshotReason.FINAL);
  }

  private long stepsToNextEvent() {
    RunSchedule schedule = settings.schedule();
    long toSnapshot = schedule.snapshotEvery() - state.runSteps() % schedule.snapshotEvery();
    long toUpdates = settings.updates().stepsToNextUpdates(state.runSteps());
    return Math.min(Math.min(toUpdates, toSnapshot), schedule.steps() - state.runSteps());
  }

  private void doWhatIsDue() throws InterruptedException {
    boolean updatesDue = settings.updates().updatesDue(state.runSteps());
    if (updatesDue) {
      update(settings.updates().updates());
    }
    if (state.runSteps() % settings.schedule().snapshotEvery() == 0) {
      publications.snapshot(state, learner.weights(), SnapshotReason.PERIODIC);
    } else if (updatesDue) {
      publications.policy(state, learner.weights());
    }
  }

  private void update(int updates) {
    @Nullable UpdateReport report = state.lastUpdate();
    for (int i = 0; i < updates; i++) {
      replay.sample(random, batch, settings.discount(), settings.returnSteps());
      report = learner.update(batch);
    }
    state = state.updated(learner.updates(), report);
  }
}
