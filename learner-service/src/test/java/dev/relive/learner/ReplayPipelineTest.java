package dev.relive.learner;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.relive.log.SegmentEnd;
import dev.relive.log.wire.ActorProgress;
import dev.relive.log.wire.CheckpointState;
import dev.relive.log.wire.CheckpointState.SegmentIdentity;
import dev.relive.log.wire.Policy;
import dev.relive.log.wire.Progress;
import dev.relive.log.wire.RunPhase;
import dev.relive.log.wire.RunSpec;
import dev.relive.log.wire.RunState;
import dev.relive.log.wire.Snapshot;
import dev.relive.log.wire.SnapshotReason;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class ReplayPipelineTest {
  private final TestLog log = new TestLog();
  private final TestSegments segments = new TestSegments(TestRuns.RUN);
  private final RecordingSink sink = new RecordingSink();

  @Test
  void publishesWithTheFirstUpdatesAtOrAfterEveryMultiple() throws Exception {
    LearnerPipeline pipeline = pipeline(Map.of("schedule.snapshot-every", "25"), false);
    pipeline.begin();
    accept(pipeline, 13, 13, 13, 13, 13, 13, 13, 13);

    // Rounds of two updates after 40, 50, …, 100 steps.
    assertEquals(
        List.of(0L, 40L, 50L, 60L, 70L, 80L, 90L, 100L),
        sink.policies.stream().map(Policy::getRunSteps).toList());
    assertEquals(
        List.of(40L, 50L, 80L, 100L), sink.snapshots.stream().map(Snapshot::getRunSteps).toList());
    assertEquals(
        List.of(1L, 2L, 3L, 4L, 5L, 6L, 7L, 8L),
        sink.policies.stream().map(Policy::getVersion).toList());
    assertEquals(
        List.of(0L, 2L, 3L, 6L), sink.snapshots.stream().map(Snapshot::getParentVersion).toList());
    assertEquals(14, sink.last().getUpdates());
    assertEquals(0, sink.last().getRequiredPolicyVersion());
  }

  @Test
  void endsAtTheStepLimitWithItsLastWeightsAndState() throws Exception {
    LearnerPipeline pipeline = pipeline(Map.of("schedule.steps", "45"), false);
    pipeline.begin();
    accept(pipeline, 20, 20);
    assertFalse(pipeline.finished());
    accept(pipeline, 20);
    assertTrue(pipeline.finished());
    pipeline.end("its 45 steps are spent");

    Snapshot last = sink.snapshots.get(sink.snapshots.size() - 1);
    assertEquals(SnapshotReason.FINAL, last.getReason());
    assertEquals(45, last.getRunSteps());
    assertEquals(1, sink.checkpoints.size());
    assertEquals(
        List.of(RunPhase.ACTIVE, RunPhase.STOPPED),
        sink.states.stream().map(RunState::getPhase).toList());
    assertEquals("its 45 steps are spent", sink.states.get(1).getReason());
  }

  @Test
  void makesCheckpointsAtTheEndOfTheFirstSegmentAtOrAfterEveryMultiple() throws Exception {
    LearnerPipeline pipeline = pipeline(Map.of("schedule.checkpoint-every", "30"), false);
    pipeline.begin();
    accept(pipeline, 13, 13, 13, 13, 13, 13);

    assertEquals(
        List.of(39L, 65L),
        sink.checkpoints.stream().map(c -> c.getProgressed().getRunSteps()).toList());
    // Of 50 slots the last segments of 13 + 1 slots fill 42; 8 are left of segment 1.
    CheckpointState second = sink.checkpoints.get(1);
    assertEquals(5, second.getProgressed().getSegments());
    assertEquals(1, second.getWindowFirstSegment());
    assertEquals(6, second.getWindowSkippedSteps());
    assertEquals(102, second.getWindowStart().getOffset());
    assertEquals(109, second.getProgressed().getNextSegment().getOffset());
    assertEquals(
        SegmentIdentity.newBuilder().setActor("actor").setEpoch(1).setSequence(1).build(),
        second.getWindowFirst());
  }

  @Test
  void grantsCreditForWhatIsIngestedWhateverWasLost() throws Exception {
    LearnerPipeline pipeline = pipeline(Map.of(), false);
    pipeline.begin();
    assertEquals(50, sink.last().getNextSegment().getOffset());
    accept(pipeline, 5);
    var lost = segments.next(0, 7, SegmentEnd.CONTINUES);
    assertEquals(1, lost.sequence());
    accept(pipeline, 3);

    assertEquals(
        List.of(
            ActorProgress.newBuilder()
                .setActor("actor")
                .setEpoch(1)
                .setSteps(15)
                .setNextSequence(3)
                .setGaps(1)
                .build()),
        sink.last().getActorsList());
    assertEquals(103, sink.last().getNextSegment().getOffset());
  }

  @Test
  void dropsDuplicatesAndCountsThem() throws Exception {
    LearnerPipeline pipeline = pipeline(Map.of(), false);
    pipeline.begin();
    var segment = segments.next(0, 5, SegmentEnd.CONTINUES);
    pipeline.accept(log.append(segment));
    pipeline.accept(log.append(segment));

    assertEquals(5, sink.last().getRunSteps());
    assertEquals(2, sink.last().getSegments());
    assertEquals(1, sink.last().getActors(0).getDuplicates());
    assertEquals(1, sink.last().getActors(0).getNextSequence());
  }

  @Test
  void aDeterministicRunPublishesAndGrantsByRoundsAlone() throws Exception {
    LearnerPipeline pipeline =
        pipeline(Map.of("flow.max-lead", "16", "schedule.snapshot-every", "40"), true);
    pipeline.begin();
    accept(pipeline, 8, 8, 8, 8, 8, 8, 8);

    assertEquals(
        List.of(0L, 16L, 32L, 48L), sink.policies.stream().map(Policy::getRunSteps).toList());
    // The first updates at or after 40 steps are those of step 40, in the round that ends at 48.
    assertEquals(List.of(48L), sink.snapshots.stream().map(Snapshot::getRunSteps).toList());
    for (Progress progress : sink.progress) {
      assertEquals(progress.getPolicyVersion(), progress.getRequiredPolicyVersion());
      long granted = progress.getActorsList().stream().mapToLong(ActorProgress::getSteps).sum();
      assertEquals(16 * (progress.getPolicyVersion() - 1), granted);
    }
    assertEquals(56, sink.last().getRunSteps());
  }

  @Test
  void aProducerThatStartsAgainInADeterministicRunIsNotHeldToItsRounds() throws Exception {
    LearnerPipeline pipeline = pipeline(Map.of("flow.max-lead", "16"), true);
    pipeline.begin();
    accept(pipeline, 5);
    assertEquals(0, sink.last().getActorsCount());
    TestSegments successor = new TestSegments(TestRuns.RUN, "actor", 2);
    pipeline.accept(log.append(successor.next(0, 3, SegmentEnd.CONTINUES)));

    assertEquals(
        List.of(5L, 3L),
        sink.last().getActorsList().stream().map(ActorProgress::getSteps).toList());
  }

  private LearnerPipeline pipeline(Map<String, String> others, boolean deterministic) {
    Map<String, String> settings =
        new java.util.HashMap<>(
            Map.of(
                "schedule.learning-starts", "40",
                "schedule.train-every", "10",
                "schedule.updates", "2",
                "flow.segment-length", "20",
                "replay.batch-size", "4",
                "replay.capacity", "50"));
    settings.putAll(others);
    RunSpec spec =
        TestRuns.spec(
            Algorithm.DOUBLE_DQN, TestRuns.settings(Algorithm.DOUBLE_DQN, settings), deterministic);
    return TestRuns.pipeline(spec, new CountingUpdates(), sink, TestRuns.noon());
  }

  private void accept(LearnerPipeline pipeline, int... lengths) throws InterruptedException {
    for (int length : lengths) {
      pipeline.accept(log.append(segments.next(0, length, SegmentEnd.CONTINUES)));
    }
  }
}
