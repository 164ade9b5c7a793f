package dev.relive.learner;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.relive.agents.torch.Compute;
import dev.relive.agents.torch.DeviceChoice;
import dev.relive.environments.random.Generator;
import dev.relive.learner.Stretch.Fork;
import dev.relive.log.SegmentRecord;
import dev.relive.log.wire.CheckpointState;
import dev.relive.log.wire.RunSpec;
import dev.relive.log.wire.Snapshot;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import net.jqwik.api.constraints.LongRange;
import org.jspecify.annotations.Nullable;

/** What learners keep that are stopped anywhere follows from the log and from where they began. */
class DerivationTest {
  private static final int SEGMENTS = 70;
  private static final int SEGMENTS_OF_A_VERSION = 3;

  @Property(tries = 6)
  void everySnapshotOfReplayedExperienceIsDerived(
      @ForAll @LongRange(min = 0, max = 1_000_000) long seed,
      @ForAll @IntRange(min = 1, max = 60) int checkpointEvery,
      @ForAll boolean deterministic,
      @ForAll boolean normalise) {
    Map<String, String> settings =
        Map.of(
            "observation.normalise", Boolean.toString(normalise),
            "observation.stack", normalise ? "3" : "1",
            "schedule.learning-starts", "20",
            "schedule.train-every", "7",
            "schedule.updates", "1",
            "replay.capacity", "40",
            "replay.batch-size", "5");
    assertDerived(
        spec(Algorithm.DOUBLE_DQN, settings, checkpointEvery, 12, deterministic), seed, 1);
  }

  @Property(tries = 6)
  void everySnapshotOfNewExperienceIsDerivedGenerationByGeneration(
      @ForAll @LongRange(min = 0, max = 1_000_000) long seed,
      @ForAll @IntRange(min = 1, max = 60) int checkpointEvery,
      @ForAll @IntRange(min = 0, max = 2) int lead,
      @ForAll boolean normalise) {
    Map<String, String> settings =
        Map.of(
            "observation.normalise",
            Boolean.toString(normalise),
            "observation.stack",
            normalise ? "3" : "1",
            "actor-critic.batch-size",
            "11",
            "actor-critic.lead",
            Integer.toString(lead));
    assertDerived(spec(Algorithm.ACTOR_CRITIC, settings, checkpointEvery, 11, false), seed, 3);
  }

  private static void assertDerived(RunSpec spec, long seed, int leastGenerations) {
    TestLog log = RandomLog.of(seed, SEGMENTS, 9, SEGMENTS_OF_A_VERSION);
    try (Compute compute = Compute.open(DeviceChoice.CPU)) {
      List<RecordedSnapshot> recorded =
          learn(spec, log, Generator.seeded(seed + 1), compute).stream()
              .map(RecordedSnapshot::of)
              .toList();
      List<Stretch> stretches = Stretch.of(TestRuns.settings(spec), recorded);
      assertTrue(stretches.size() >= leastGenerations, stretches::toString);

      List<DerivedSnapshot> compared = derive(spec, log, stretches, compute);
      assertEquals(recorded.size(), compared.size());
      assertEquals(List.of(), compared.stream().filter(each -> !each.isSame()).toList());
    } catch (InterruptedException e) {
      throw new AssertionError(e);
    }
  }

  /** All snapshots of a run whose learners are killed, or stopped, anywhere. */
  private static List<Snapshot> learn(RunSpec spec, TestLog log, Generator random, Compute compute)
      throws InterruptedException {
    List<Snapshot> snapshots = new ArrayList<>();
    Set<Integer> ends = new HashSet<>();
    for (int i = 0; i < 4; i++) {
      ends.add(5 + random.integers(SEGMENTS));
    }
    RecordingSink sink = new RecordingSink();
    @Nullable CheckpointState checkpoint = null;
    int taken = 0;
    boolean ended = false;
    while (!ended) {
      try (Learning learning = TorchLearning.open(spec, TestRuns.settings(spec), compute, null)) {
        LearnerPipeline pipeline = TestRuns.pipeline(spec, learning, sink, TestRuns.noon());
        if (checkpoint != null) {
          pipeline.restore(checkpoint);
        }
        pipeline.begin();
        long first = checkpoint == null ? 0 : checkpoint.getWindowFirstSegment();
        ended = true;
        for (SegmentRecord record : log.from(first)) {
          pipeline.accept(record);
          if (ends.remove(++taken)) {
            ended = false;
            break;
          }
        }
        if (ended || random.integers(2) == 0) {
          pipeline.end("stopped by its user");
        }
        snapshots.addAll(sink.snapshots);
        checkpoint = sink.checkpoints.isEmpty() ? checkpoint : sink.lastCheckpoint();
        sink = sink.next();
      }
    }
    return snapshots;
  }

  private static List<DerivedSnapshot> derive(
      RunSpec spec, TestLog log, List<Stretch> stretches, Compute compute)
      throws InterruptedException {
    Map<Fork, CheckpointState> forks = new HashMap<>();
    List<DerivedSnapshot> compared = new ArrayList<>();
    for (Stretch stretch : stretches) {
      @Nullable CheckpointState start =
          stretch.start() == null ? null : Objects.requireNonNull(forks.get(stretch.start()));
      try (Learning learning = TorchLearning.open(spec, TestRuns.settings(spec), compute, null)) {
        Derivation derivation =
            new Derivation(spec, TestRuns.settings(spec), learning, stretch, start);
        for (SegmentRecord record : log.from(start == null ? 0 : start.getWindowFirstSegment())) {
          if (!derivation.isDone()) {
            derivation.accept(record);
          }
        }
        forks.putAll(derivation.forks());
        compared.addAll(derivation.compared());
      }
    }
    return compared;
  }

  private static RunSpec spec(
      Algorithm algorithm,
      Map<String, String> settings,
      int checkpointEvery,
      int maxLead,
      boolean deterministic) {
    Map<String, String> all = new HashMap<>(settings);
    all.put("flow.lanes", "1");
    all.put("flow.max-lead", Integer.toString(maxLead));
    all.put("flow.segment-length", "9");
    all.put("schedule.snapshot-every", "25");
    all.put("schedule.checkpoint-every", Integer.toString(checkpointEvery));
    all.put("network.hidden-sizes", "4");
    return TestRuns.spec(algorithm, TestRuns.settings(algorithm, all), deterministic);
  }
}
