package dev.relive.producers;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.relive.environments.Environments;
import dev.relive.environments.VectorEnvironment;
import dev.relive.environments.random.Generator;
import dev.relive.log.Column;
import dev.relive.log.Continuity;
import dev.relive.log.Segment;
import dev.relive.log.SegmentEnd;
import dev.relive.log.SequenceTracker;
import dev.relive.log.wire.ActorProgress;
import dev.relive.log.wire.Progress;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/** The loop with a scripted policy, a learner that ingests at random times, and real CartPoles. */
class EnvironmentLoopTest {
  private static final ActorEpoch ACTOR = new ActorEpoch("run", "actor", 77);
  private static final InstantSource CLOCK = InstantSource.fixed(Instant.ofEpochSecond(5, 1_000));

  @Property(tries = 150)
  void segmentsTellTheTrajectoriesOfTheLanes(
      @ForAll @IntRange(min = 1, max = 5) int lanes,
      @ForAll @IntRange(min = 1, max = 20) int segmentLength,
      @ForAll @IntRange(max = 60) int lead,
      @ForAll @IntRange(max = 300) int stepsBeforeStop,
      @ForAll @IntRange(max = 1_000) int seed)
      throws InterruptedException {
    Scene scene = new Scene(lanes, segmentLength, lanes + lead, seed);

    List<Segment> segments = scene.run(stepsBeforeStop);

    assertInSequence(segments);
    assertCumulative(segments);
    assertEquals(scene.loop.steps(), segments.stream().mapToLong(Segment::length).sum());
    assertTrue(segments.stream().allMatch(segment -> segment.length() <= segmentLength));
    for (int lane = 0; lane < lanes; lane++) {
      scene.assertTells(segments, lane);
    }
    assertEquals(scene.finishedReturns(), scene.reportedReturns);
  }

  @Test
  void aLaneWithNothingPendingIsAbandonedByAnEmptySegment() throws InterruptedException {
    Scene scene = new Scene(1, 4, 4, 3);

    Segment full = scene.loop.next();
    scene.loop.stop();
    Segment closing = scene.loop.next();

    assertNotNull(full);
    assertNotNull(closing);
    assertEquals(SegmentEnd.CONTINUES, full.end());
    assertEquals(SegmentEnd.ABANDONED, closing.end());
    assertEquals(0, closing.length());
    assertEquals(4, closing.firstStep());
    assertEquals(4, closing.actorSteps());
    assertNull(scene.loop.next());
  }

  @Test
  void aLoopThatNeverSteppedHasNothingToClose() throws InterruptedException {
    Scene scene = new Scene(2, 4, 4, 3);

    scene.loop.stop();

    assertNull(scene.loop.next());
  }

  @Test
  void withoutCreditTheOpenLanesAreCutBeforeTheLoopWaits() throws InterruptedException {
    Scene scene = new Scene(2, 100, 6, 3);
    scene.learner = false;

    Segment first = scene.loop.next();
    Segment second = scene.loop.next();

    assertNotNull(first);
    assertNotNull(second);
    assertEquals(3, first.length());
    assertEquals(3, second.length());
    assertEquals(6, scene.loop.steps());
    assertEquals(List.of(3L, 6L), List.of(first.actorSteps(), second.actorSteps()));
  }

  @Test
  void advancingNeverWaitsAndSaysWhatIsMissing() {
    Scene scene = new Scene(2, 100, 6, 3);
    scene.learner = false;

    for (int step = 0; step < 3; step++) {
      assertNull(scene.loop.advance());
      assertNull(scene.loop.poll());
    }
    assertNull(scene.loop.advance(), "it cuts what is pending first");
    assertNotNull(scene.loop.poll());
    assertNotNull(scene.loop.poll());
    assertEquals(WaitReason.CREDIT, scene.loop.advance());
    assertEquals(WaitReason.CREDIT, scene.loop.advance());
    scene.loop.stop();
    assertNull(scene.loop.advance());

    assertTrue(scene.loop.ended());
    assertEquals(6, scene.loop.steps());
  }

  @Test
  void nothingStepsWithoutAPolicyAndAStopEndsTheWait() throws InterruptedException {
    CreditGate credit = gate(1, 10);
    LanePolicy none =
        new LanePolicy() {
          @Override
          public boolean refresh() {
            return false;
          }

          @Override
          public long version() {
            throw new AssertionError("no policy has a version");
          }

          @Override
          public void act(float[] observations, int[] actions, float[] probabilities) {
            throw new AssertionError("no policy acts");
          }
        };
    EnvironmentLoop loop =
        new EnvironmentLoop(
            ACTOR,
            cartPoles(1, 0),
            layout(10),
            none,
            credit,
            CLOCK,
            new EpisodeAccount(new EpisodeStatistics(), (value, length) -> {}));
    Thread stopper = new Thread(loop::stop);
    stopper.start();

    assertNull(loop.next());

    assertEquals(0, loop.steps());
    stopper.join();
  }

  @Test
  void nothingStepsWhileNobodyAsks() {
    Scene scene = new Scene(1, 5, 1_000, 3);
    List<Segment> received = new ArrayList<>();

    scene.loop.segments().take(2).subscribe(received::add);

    assertEquals(2, received.size());
    assertEquals(10, scene.loop.steps());
  }

  @Test
  void timesAreTheEnvironmentClocks() throws InterruptedException {
    Scene scene = new Scene(1, 2, 100, 3);

    Segment segment = scene.loop.next();

    assertNotNull(segment);
    assertEquals(5_000_001, segment.startedAtMicros());
    assertEquals(5_000_001, segment.endedAtMicros());
  }

  private static void assertInSequence(List<Segment> segments) {
    SequenceTracker reader = new SequenceTracker(true);
    Map<Integer, Boolean> open = new TreeMap<>();
    for (int i = 0; i < segments.size(); i++) {
      Segment segment = segments.get(i);
      assertEquals(i, segment.sequence());
      Continuity continuity = reader.observe(segment);
      assertFalse(continuity.duplicate());
      assertEquals(open.getOrDefault(segment.lane().lane(), false), continuity.continuesLane());
      open.put(segment.lane().lane(), segment.end() == SegmentEnd.CONTINUES);
    }
    assertEquals(0, reader.gaps());
    assertEquals(0, reader.brokenLanes());
    assertFalse(open.containsValue(true), "every lane is closed in the end");
  }

  private static void assertCumulative(List<Segment> segments) {
    long steps = 0;
    for (Segment segment : segments) {
      steps += segment.length();
      assertEquals(steps, segment.actorSteps());
    }
  }

  private static CreditGate gate(int lanes, long maxLead) {
    return new CreditGate(new Credit(ACTOR, lanes, maxLead, false), System::nanoTime);
  }

  private static VectorEnvironment cartPoles(int lanes, long seed) {
    VectorEnvironment environment = Environments.vector(Environments.spec("CartPole-v1"), lanes);
    environment.reset(seed);
    return environment;
  }

  private static SegmentLayout layout(int segmentLength) {
    return SegmentLayout.of(Environments.spec("CartPole-v1"), segmentLength);
  }

  /** One loop, its lanes, its policy and its learner. */
  private static final class Scene implements LanePolicy {
    final WatchedEnvironment environment;
    final EnvironmentLoop loop;
    final List<Double> reportedReturns = new ArrayList<>();
    boolean learner = true;
    private final CreditGate credit;
    private final int maxLead;
    private final Generator random;
    private final List<Long> versionOfStep = new ArrayList<>();
    private final List<Float> probabilities = new ArrayList<>();
    private long version = 1;
    private long emittedSteps;
    private long ingestedSteps;

    Scene(int lanes, int segmentLength, int maxLead, int seed) {
      this.maxLead = maxLead;
      random = Generator.seeded(seed);
      credit = gate(lanes, maxLead);
      environment = new WatchedEnvironment(cartPoles(lanes, seed), this::assertCredit);
      loop =
          new EnvironmentLoop(
              ACTOR,
              environment,
              layout(segmentLength),
              this,
              credit,
              CLOCK,
              new EpisodeAccount(
                  new EpisodeStatistics(),
                  (episodeReturn, length) -> reportedReturns.add(episodeReturn)));
    }

    List<Segment> run(int stepsBeforeStop) throws InterruptedException {
      List<Segment> segments = new ArrayList<>();
      boolean stopped = false;
      for (Segment segment = loop.next(); segment != null; segment = loop.next()) {
        segments.add(segment);
        emittedSteps = segment.actorSteps();
        if (!stopped && loop.steps() >= stepsBeforeStop) {
          loop.stop();
          stopped = true;
        }
      }
      return segments;
    }

    /** Sometimes a new version comes; sometimes, and whenever the loop would wait, credit does. */
    @Override
    public boolean refresh() {
      if (random.integers(5) == 0) {
        version++;
      }
      boolean wouldWait =
          emittedSteps == loop.steps() && credit.obstacle(loop.steps(), version) != null;
      if (learner && (wouldWait || random.integers(4) == 0)) {
        ingestedSteps = emittedSteps;
        credit.onProgress(progress(ingestedSteps));
      }
      return true;
    }

    @Override
    public long version() {
      return version;
    }

    @Override
    public void act(float[] observations, int[] actions, float[] chosenWith) {
      for (int lane = 0; lane < actions.length; lane++) {
        actions[lane] = random.integers(2);
        chosenWith[lane] = random.randomFloat();
        probabilities.add(chosenWith[lane]);
      }
      versionOfStep.add(version);
    }

    private void assertCredit() {
      long steps = loop.steps();
      int lanes = environment.lanes();
      assertTrue(
          steps - ingestedSteps + lanes <= maxLead,
          () -> steps + " steps, " + ingestedSteps + " ingested, at most " + maxLead + " ahead");
    }

    /** The lane's segments, put together, are what the environment says happened. */
    void assertTells(List<Segment> segments, int lane) {
      int laneStep = 0;
      List<Segment> own = segments.stream().filter(s -> s.lane().lane() == lane).toList();
      for (int number = 0; number < environment.episodes(lane).size(); number++) {
        WatchedEnvironment.Episode episode = environment.episodes(lane).get(number);
        int step = 0;
        SegmentEnd end = SegmentEnd.ABANDONED;
        for (Segment segment : episode(own, number)) {
          assertEquals(step, segment.firstStep());
          assertEquals(SegmentEnd.ABANDONED, end, "nothing follows an episode's end");
          int next = step + segment.length();
          assertEquals(
              episode.observations.subList(step, next + 1).stream().flatMap(List::stream).toList(),
              numbers(segment.observations()));
          assertEquals(
              episode.actions.subList(step, next).stream().map(Integer::floatValue).toList(),
              numbers(segment.actions()));
          assertEquals(episode.rewards.subList(step, next), numbers(segment.rewards()));
          List<Float> chosenWith = numbers(segment.behaviourProbabilities());
          for (int i = 0; i < segment.length(); i++, laneStep++) {
            assertEquals(versionOfStep.get(laneStep), segment.policyVersions().at(i));
            assertEquals(
                probabilities.get(laneStep * environment.lanes() + lane), chosenWith.get(i));
          }
          step = next;
          end = segment.end() == SegmentEnd.CONTINUES ? end : segment.end();
        }
        assertEquals(episode.actions.size(), step, "no transition is missing");
        assertEquals(episode.end, end);
      }
    }

    List<Double> finishedReturns() {
      List<Double> returns = new ArrayList<>();
      for (int lane = 0; lane < environment.lanes(); lane++) {
        for (WatchedEnvironment.Episode episode : environment.episodes(lane)) {
          if (episode.end != SegmentEnd.ABANDONED) {
            returns.add((double) episode.actions.size());
          }
        }
      }
      returns.sort(null);
      reportedReturns.sort(null);
      return returns;
    }

    private static List<Segment> episode(List<Segment> segments, int number) {
      return segments.stream().filter(segment -> segment.episode() == number).toList();
    }

    private static Progress progress(long steps) {
      return Progress.newBuilder()
          .setGeneration(1)
          .addActors(
              ActorProgress.newBuilder()
                  .setActor(ACTOR.actor())
                  .setEpoch(ACTOR.epoch())
                  .setSteps(steps))
          .build();
    }

    private static List<Float> numbers(@Nullable Column column) {
      if (column == null) {
        throw new AssertionError("the column is absent");
      }
      float[] numbers = new float[column.rows() * column.rowElements()];
      column.copyRows(0, column.rows(), numbers, 0);
      return WatchedEnvironment.floats(numbers);
    }
  }
}
