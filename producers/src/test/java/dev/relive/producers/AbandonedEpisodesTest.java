package dev.relive.producers;

import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.relive.environments.Box;
import dev.relive.environments.Discrete;
import dev.relive.environments.EnvironmentSpec;
import dev.relive.environments.VectorEnvironment;
import dev.relive.log.PolicyVersions;
import dev.relive.log.Segment;
import dev.relive.log.SegmentEnd;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.OptionalDouble;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/** Two lanes that count their steps, of which the first fails at some of them. */
class AbandonedEpisodesTest {
  private static final ActorEpoch ACTOR = new ActorEpoch("run", "actor", 77);
  private static final InstantSource CLOCK = InstantSource.fixed(Instant.ofEpochSecond(5));

  private final EpisodeStatistics statistics = new EpisodeStatistics();

  @Test
  void theEpisodeEndsBeforeTheStepThatFailedAndTheOthersGoOn() throws InterruptedException {
    EnvironmentLoop loop = loop(new FaultyLanes(Set.of(3)));

    List<Segment> segments = stepped(loop, 5);

    Segment broken = segments.get(0);
    assertEquals(SegmentEnd.ABANDONED, broken.end());
    assertEquals(0, broken.lane().lane());
    assertEquals(2, broken.length());
    assertEquals(PolicyVersions.of(new int[] {0, 1}, new long[] {1, 2}), broken.policyVersions());
    Segment next = segments.get(1);
    assertEquals(0, next.lane().lane());
    assertEquals(1, next.episode());
    assertEquals(2, next.length());
    Segment other = segments.get(2);
    assertEquals(1, other.lane().lane());
    assertEquals(0, other.episode());
    assertEquals(5, other.length());
    assertEquals(9, loop.steps());
    assertEquals(9, other.actorSteps());
    assertEquals(1, statistics.summary().abandoned());
  }

  @Test
  void anEpisodeThatFailsAtItsFirstStepLeavesNothing() throws InterruptedException {
    EnvironmentLoop loop = loop(new FaultyLanes(Set.of(1, 2)));

    List<Segment> segments = stepped(loop, 3);

    assertEquals(2, segments.size());
    assertEquals(List.of(1, 3), segments.stream().map(Segment::length).toList());
    assertEquals(0, segments.get(0).episode());
    assertEquals(2, statistics.summary().abandoned());
  }

  /** What is in the log when the loop is stopped after some steps. */
  private static List<Segment> stepped(EnvironmentLoop loop, int steps)
      throws InterruptedException {
    for (int step = 0; step < steps; step++) {
      loop.advance();
    }
    loop.stop();
    List<Segment> segments = new ArrayList<>();
    for (Segment next = loop.next(); next != null; next = loop.next()) {
      segments.add(next);
    }
    return segments;
  }

  private EnvironmentLoop loop(FaultyLanes lanes) {
    CreditGate credit = new CreditGate(new Credit(ACTOR, 2, 1_000, true), () -> 0);
    return new EnvironmentLoop(
        ACTOR,
        lanes,
        SegmentLayout.of(lanes.spec(), 10),
        new CountingPolicy(),
        credit,
        CLOCK,
        new EpisodeAccount(statistics, (episodeReturn, length) -> {}));
  }

  /** A new version at every step. */
  private static final class CountingPolicy implements LanePolicy {
    private long version;

    @Override
    public boolean refresh() {
      version++;
      return true;
    }

    @Override
    public long version() {
      return version;
    }

    @Override
    public void act(float[] observations, int[] actions, float[] probabilities) {
      probabilities[0] = 1;
      probabilities[1] = 1;
    }
  }

  private static final class FaultyLanes implements VectorEnvironment {
    private static final EnvironmentSpec SPEC =
        new EnvironmentSpec(
            "Faulty-v0", Map.of(), 0, OptionalDouble.empty(), Box.of(0, 100, 1), new Discrete(1));

    private final Set<Integer> failing;
    private final boolean[] abandoned = new boolean[2];
    private final float[] observations = new float[2];
    private int step;

    FaultyLanes(Set<Integer> failing) {
      this.failing = failing;
    }

    @Override
    public EnvironmentSpec spec() {
      return SPEC;
    }

    @Override
    public int lanes() {
      return 2;
    }

    @Override
    public void reset(long[] seeds) {
      throw new UnsupportedOperationException("the loop begins with lanes that were reset");
    }

    @Override
    public void step(int[] actions) {
      step++;
      abandoned[0] = failing.contains(step);
      observations[0] = abandoned[0] ? 0 : observations[0] + 1;
      observations[1]++;
    }

    @Override
    public void step(float[] actions) {
      throw new UnsupportedOperationException("the actions are discrete");
    }

    @Override
    public float[] observations() {
      return observations;
    }

    @Override
    public float[] finalObservations() {
      return observations;
    }

    @Override
    public double[] rewards() {
      return new double[2];
    }

    @Override
    public boolean[] terminated() {
      return new boolean[2];
    }

    @Override
    public boolean[] truncated() {
      return new boolean[2];
    }

    @Override
    public boolean[] abandoned() {
      return abandoned;
    }

    @Override
    public @Nullable String failure(int lane) {
      return abandoned[lane] ? "It is faulty." : null;
    }
  }
}
