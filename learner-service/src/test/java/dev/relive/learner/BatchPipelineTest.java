package dev.relive.learner;

import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.relive.log.PolicyVersions;
import dev.relive.log.SegmentEnd;
import dev.relive.log.wire.Policy;
import dev.relive.log.wire.Progress;
import dev.relive.log.wire.RunSpec;
import dev.relive.log.wire.Snapshot;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class BatchPipelineTest {
  private final TestLog log = new TestLog();
  private final RecordingSink sink = new RecordingSink();
  private final CountingUpdates updates = new CountingUpdates();
  private final TestSegments fast = new TestSegments(TestRuns.RUN, "fast", 1);
  private final TestSegments slow = new TestSegments(TestRuns.RUN, "slow", 2);

  @Test
  void learnsFromTheNextTransitionsThatAreFreshAndCountsTheOthers() throws Exception {
    LearnerPipeline pipeline = pipeline(8, 0, 8);
    pipeline.begin();
    accept(pipeline, fast, 5, PolicyVersions.of(1));
    accept(pipeline, slow, 5, PolicyVersions.of(1)); // the last two are stale for version 2
    // By version 1, then 2.
    accept(pipeline, slow, 6, PolicyVersions.of(new int[] {0, 4}, new long[] {1, 2}));
    accept(pipeline, fast, 7, PolicyVersions.of(2));

    assertEquals(
        List.of(
            List.of(1f, 2f, 3f, 4f, 5f, 1f, 2f, 3f), List.of(10f, 11f, 6f, 7f, 8f, 9f, 10f, 11f)),
        updates.batches);
    assertEquals(List.of(1L, 2L, 3L), sink.policies.stream().map(Policy::getVersion).toList());
    PipelineState state = pipeline.state();
    assertEquals(23, state.runSteps());
    assertEquals(7, state.staleSteps());
    assertEquals(0, state.transitionsHeld());
  }

  @Test
  void whatWaitsInAnUnfinishedBatchIsNotIngestedYet() throws Exception {
    LearnerPipeline pipeline = pipeline(8, 0, 8);
    pipeline.begin();
    accept(pipeline, fast, 5, PolicyVersions.of(1));
    assertEquals(Map.of("fast", 0L), granted());
    accept(pipeline, slow, 2, PolicyVersions.of(0)); // stale: ingested at once
    assertEquals(Map.of("fast", 0L, "slow", 2L), granted());
    accept(pipeline, slow, 4, PolicyVersions.of(1)); // three fill the batch, one is stale now
    assertEquals(Map.of("fast", 5L, "slow", 6L), granted());
    assertEquals(2, sink.last().getRequiredPolicyVersion());
  }

  @Test
  void theVersionAndTheCreditForItComeTogether() throws Exception {
    LearnerPipeline pipeline = pipeline(8, 0, 8);
    pipeline.begin();
    accept(pipeline, fast, 8, PolicyVersions.of(1));
    for (Progress progress : sink.progress) {
      if (progress.getPolicyVersion() == 2) {
        assertEquals(2, progress.getRequiredPolicyVersion());
        assertEquals(8, progress.getActors(0).getSteps());
      }
    }
    assertEquals(2, sink.last().getPolicyVersion());
  }

  @Test
  void withALeadProducersMayActByOlderVersions() throws Exception {
    LearnerPipeline pipeline = pipeline(4, 1, 16);
    pipeline.begin();
    assertEquals(1, sink.last().getRequiredPolicyVersion());
    accept(pipeline, fast, 4, PolicyVersions.of(1));
    assertEquals(1, sink.last().getRequiredPolicyVersion());
    accept(pipeline, fast, 4, PolicyVersions.of(1));
    assertEquals(2, sink.last().getRequiredPolicyVersion());
    accept(pipeline, fast, 3, PolicyVersions.of(1));
    assertEquals(3, pipeline.state().staleSteps());
    accept(pipeline, fast, 4, PolicyVersions.of(2));
    assertEquals(3, pipeline.state().updates());
  }

  @Test
  void snapshotsComeWithTheFirstUpdateAtOrAfterEveryMultiple() throws Exception {
    LearnerPipeline pipeline = pipeline(8, 0, 8);
    pipeline.begin();
    for (int version = 1; version <= 6; version++) {
      accept(pipeline, fast, 8, PolicyVersions.of(version));
    }
    assertEquals(List.of(24L, 40L), sink.snapshots.stream().map(Snapshot::getRunSteps).toList());
  }

  @Test
  void aResumedLearnerLearnsOnlyFromWhatItsOwnWeightsDid() throws Exception {
    LearnerPipeline first = pipeline(8, 1, 16);
    first.begin();
    accept(first, fast, 8, PolicyVersions.of(1));
    accept(first, fast, 3, PolicyVersions.of(2));
    first.end("stopped by its user");

    RecordingSink second = sink.next();
    LearnerPipeline resumed = pipeline(8, 1, 16, second);
    resumed.restore(sink.checkpoints.get(0));
    resumed.begin();
    Policy policy = second.policies.get(0);
    assertEquals(4, policy.getVersion()); // after 1, 2 and the final snapshot's
    assertEquals(policy.getVersion(), second.last().getRequiredPolicyVersion());
    assertEquals(11, second.last().getActors(0).getSteps());
    for (var record : log.from(sink.checkpoints.get(0).getWindowFirstSegment())) {
      resumed.accept(record);
    }
    accept(resumed, fast, 5, PolicyVersions.of(3));
    accept(resumed, fast, 8, PolicyVersions.of(4));

    PipelineState state = resumed.state();
    assertEquals(24, state.runSteps());
    assertEquals(8, state.staleSteps()); // three that had waited, five by version 3
    assertEquals(2, state.updates());
    assertEquals(24, state.staleSteps() + 8 * state.updates() + state.transitionsHeld());
  }

  private Map<String, Long> granted() {
    Map<String, Long> granted = new HashMap<>();
    sink.last().getActorsList().forEach(a -> granted.put(a.getActor(), a.getSteps()));
    return granted;
  }

  private LearnerPipeline pipeline(int batchSize, int lead, int maxLead) {
    return pipeline(batchSize, lead, maxLead, sink);
  }

  private LearnerPipeline pipeline(int batchSize, int lead, int maxLead, RecordingSink to) {
    RunSpec spec =
        TestRuns.spec(
            Algorithm.ACTOR_CRITIC,
            TestRuns.settings(
                Algorithm.ACTOR_CRITIC,
                Map.of(
                    "flow.lanes", "4",
                    "flow.max-lead", Integer.toString(maxLead),
                    "schedule.snapshot-every", "20",
                    "actor-critic.batch-size", Integer.toString(batchSize),
                    "actor-critic.lead", Integer.toString(lead))),
            false);
    return TestRuns.pipeline(spec, updates, to, TestRuns.noon());
  }

  private void accept(
      LearnerPipeline pipeline, TestSegments actor, int length, PolicyVersions versions)
      throws InterruptedException {
    pipeline.accept(log.append(actor.next(0, length, SegmentEnd.CONTINUES, versions)));
  }
}
