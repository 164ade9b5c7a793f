package dev.relive.learner;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.google.protobuf.ByteString;
import dev.relive.agents.ModelMessages;
import dev.relive.agents.torch.Compute;
import dev.relive.agents.torch.DeviceChoice;
import dev.relive.environments.random.Generator;
import dev.relive.log.SegmentRecord;
import dev.relive.log.Settings;
import dev.relive.log.wire.ActorProgress;
import dev.relive.log.wire.CheckpointState;
import dev.relive.log.wire.Policy;
import dev.relive.log.wire.Position;
import dev.relive.log.wire.RunSpec;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import net.jqwik.api.constraints.LongRange;
import org.jspecify.annotations.Nullable;

/** A learner that is killed anywhere, and resumed, is the one that was never stopped. */
class ResumeTest {
  private static final int SEGMENTS = 120;

  /** What a learner, or several one after the other, came to. */
  private record Outcome(
      Map<Long, ByteString> weightsBySteps,
      Set<Long> snapshotSteps,
      ByteString state,
      PipelineState counters,
      Position nextSegment,
      Set<ActorProgress> actors,
      int learners) {}

  @Property(tries = 20)
  void killedAnywhereItComesToTheSameWeights(
      @ForAll @LongRange(min = 0, max = 1_000_000) long seed,
      @ForAll @IntRange(min = 1, max = 3) int returnSteps,
      @ForAll @IntRange(min = 1, max = 60) int checkpointEvery,
      @ForAll boolean deterministic,
      @ForAll @IntRange(min = 1, max = 4) int frames,
      @ForAll boolean normalise) {
    TestLog log = RandomLog.of(seed, SEGMENTS, 9);
    RunSpec spec =
        TestRuns.spec(
            Algorithm.DOUBLE_DQN,
            settings(Algorithm.DOUBLE_DQN, returnSteps, checkpointEvery)
                .with(preprocessing(frames, normalise)),
            deterministic);
    Outcome whole = learn(spec, log, Set.of());
    Outcome pieces = learn(spec, log, kills(seed));

    assertTrue(whole.counters().updates() > 50);
    assertTrue(pieces.learners() > 2);
    assertEquals(whole.weightsBySteps(), pieces.weightsBySteps());
    assertEquals(whole.snapshotSteps(), pieces.snapshotSteps());
    assertEquals(whole.state(), pieces.state());
    assertEquals(whole.counters().runSteps(), pieces.counters().runSteps());
    assertEquals(whole.counters().updates(), pieces.counters().updates());
    assertEquals(whole.counters().snapshotSteps(), pieces.counters().snapshotSteps());
    assertEquals(whole.nextSegment(), pieces.nextSegment());
    assertEquals(whole.actors(), pieces.actors());
  }

  @Property(tries = 25)
  void soDoesOneThatLearnsFromAnothersExperience(
      @ForAll @LongRange(min = 0, max = 1_000_000) long seed,
      @ForAll Algorithm algorithm,
      @ForAll @IntRange(min = 1, max = 60) int checkpointEvery,
      @ForAll @IntRange(min = -1, max = 30) int minReturn,
      @ForAll @IntRange(min = 10, max = 200) int heldSteps,
      @ForAll @IntRange(min = 0, max = RandomLog.VERSIONS) int lastVersion,
      @ForAll boolean normalise) {
    TestLog log = RandomLog.of(seed, SEGMENTS, 9);
    ExperienceFilters filters =
        new ExperienceFilters(
            lastVersion == 0 ? null : new VersionRange(1, lastVersion),
            minReturn < 0 ? null : (double) minReturn,
            minReturn < 0 ? 0 : heldSteps);
    // A batch that waits is gathered again without the frames before it.
    int frames = algorithm == Algorithm.DOUBLE_DQN ? 2 : 1;
    Settings settings =
        settings(algorithm, 2, checkpointEvery).with(preprocessing(frames, normalise));
    RunSpec spec = TestRuns.reader(algorithm, settings, filters);
    Outcome whole = learn(spec, log, Set.of());
    Outcome pieces = learn(spec, log, kills(seed));

    assertTrue(pieces.learners() > 1);
    assertEquals(whole.weightsBySteps(), pieces.weightsBySteps());
    assertEquals(whole.state(), pieces.state());
    assertEquals(whole.counters().runSteps(), pieces.counters().runSteps());
    assertEquals(whole.counters().updates(), pieces.counters().updates());
    assertEquals(whole.counters().dropped(), pieces.counters().dropped());
    assertEquals(whole.counters().heldEpisodes(), pieces.counters().heldEpisodes());
    assertEquals(whole.counters().transitionsHeld(), pieces.counters().transitionsHeld());
    assertEquals(whole.nextSegment(), pieces.nextSegment());
    assertEquals(Set.of(), whole.actors());
    assertEquals(0, whole.counters().staleSteps());
  }

  /** After how many segments taken by all learners together there is an end to one of them. */
  private static Set<Integer> kills(long seed) {
    Generator random = Generator.seeded(seed + 1);
    Set<Integer> kills = new HashSet<>();
    for (int i = 0; i < 4; i++) {
      kills.add(1 + random.integers(SEGMENTS));
    }
    return kills;
  }

  private static Outcome learn(RunSpec spec, TestLog log, Set<Integer> kills) {
    Map<Long, ByteString> weights = new HashMap<>();
    Set<Long> snapshots = new HashSet<>();
    RecordingSink sink = new RecordingSink();
    @Nullable CheckpointState checkpoint = null;
    int taken = 0;
    for (int learners = 1; ; learners++) {
      try (Compute compute = Compute.open(DeviceChoice.CPU);
          Learning learning = TorchLearning.open(spec, TestRuns.settings(spec), compute, null)) {
        LearnerPipeline pipeline = TestRuns.pipeline(spec, learning, sink, TestRuns.noon());
        if (checkpoint != null) {
          pipeline.restore(checkpoint);
        }
        pipeline.begin();
        long first = checkpoint == null ? 0 : checkpoint.getWindowFirstSegment();
        int accepted = accept(pipeline, log.from(first), taken, kills);
        taken += accepted;
        collect(sink.policies.subList(1, sink.policies.size()), weights);
        sink.snapshots.forEach(snapshot -> snapshots.add(snapshot.getRunSteps()));
        if (accepted == log.from(first).size()) {
          return new Outcome(
              weights,
              snapshots,
              ModelMessages.message(learning.updates().state()).getSha256(),
              pipeline.state(),
              sink.last().getNextSegment(),
              Set.copyOf(sink.last().getActorsList()),
              learners);
        }
        checkpoint = sink.checkpoints.isEmpty() ? checkpoint : sink.lastCheckpoint();
        sink = sink.next();
      } catch (InterruptedException e) {
        throw new AssertionError(e);
      }
    }
  }

  /** Returns how many were accepted before the learner was killed. */
  private static int accept(
      LearnerPipeline pipeline, List<SegmentRecord> records, int taken, Set<Integer> kills)
      throws InterruptedException {
    int accepted = 0;
    for (SegmentRecord record : records) {
      if (accepted > 0 && kills.contains(taken + accepted)) {
        return accepted;
      }
      pipeline.accept(record);
      accepted++;
    }
    return accepted;
  }

  /** What is published at a step is the same whenever it is: weights, and the statistics. */
  private static void collect(List<Policy> policies, Map<Long, ByteString> weights) {
    for (Policy policy : policies) {
      ByteString sha256 =
          policy
              .getWeights()
              .getSha256()
              .concat(policy.getPreprocessing().getStatistics().getSha256());
      ByteString before = weights.put(policy.getRunSteps(), sha256);
      assertTrue(before == null || before.equals(sha256));
    }
  }

  private static Settings preprocessing(int frames, boolean normalise) {
    return Settings.of(
        Map.of(
            "observation.stack",
            Integer.toString(frames),
            "observation.normalise",
            Boolean.toString(normalise),
            "reward.scale",
            "0.5",
            "reward.clip",
            "2"));
  }

  private static Settings settings(Algorithm algorithm, int returnSteps, int checkpointEvery) {
    Map<String, String> shared =
        Map.of(
            "flow.lanes", "1",
            "flow.max-lead", "12",
            "flow.segment-length", "9",
            "schedule.snapshot-every", "50",
            "schedule.checkpoint-every", Integer.toString(checkpointEvery),
            "network.hidden-sizes", "4");
    Map<String, String> own =
        algorithm == Algorithm.ACTOR_CRITIC
            ? Map.of("actor-critic.batch-size", "23")
            : Map.of(
                "schedule.learning-starts", "20",
                "schedule.train-every", "7",
                "schedule.updates", "1",
                "replay.capacity", "40",
                "replay.batch-size", "5",
                "return.steps", Integer.toString(returnSteps));
    return TestRuns.settings(algorithm, shared).with(Settings.of(own));
  }
}
