package dev.relive.learner;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.relive.agents.TransitionBatch;
import dev.relive.agents.torch.Compute;
import dev.relive.agents.torch.DeviceChoice;
import dev.relive.environments.random.Generator;
import dev.relive.log.Segment;
import dev.relive.log.SegmentEnd;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import net.jqwik.api.constraints.LongRange;
import org.junit.jupiter.api.Test;

class ReplayBufferTest {
  private static final List<SegmentEnd> ENDS = List.of(SegmentEnd.values());

  /** A transition as plain numbers; two steps of an episode are told apart by observation[1]. */
  private record Drawn(
      List<Float> observation, long action, float reward, float discount, List<Float> next) {}

  @Test
  void drawsOneStepTransitionsWithTheirNextObservations() {
    TestSegments segments = new TestSegments("run");
    ReplayBuffer replay = new ReplayBuffer(100, 2);
    append(replay, segments.next(0, 2, SegmentEnd.TERMINATED));
    append(replay, segments.next(0, 1, SegmentEnd.TRUNCATED));

    assertEquals(3, replay.transitions());
    assertEquals(
        Map.of(
            List.of(0f, 0f), new Drawn(List.of(0f, 0f), 0, 1, 0.5f, List.of(0f, 1f)),
            List.of(0f, 1f), new Drawn(List.of(0f, 1f), 1, 2, 0, List.of(0f, 2f)),
            List.of(1f, 0f), new Drawn(List.of(1f, 0f), 0, 1, 0.5f, List.of(1f, 1f))),
        drawAll(replay, 0.5, 1));
  }

  @Test
  void sumsRewardsOverSeveralStepsAcrossSegmentsOfALane() {
    TestSegments segments = new TestSegments("run");
    ReplayBuffer replay = new ReplayBuffer(100, 2);
    append(replay, segments.next(0, 2, SegmentEnd.CONTINUES));
    append(replay, segments.next(1, 2, SegmentEnd.CONTINUES));
    append(replay, segments.next(0, 2, SegmentEnd.TERMINATED));

    Map<List<Float>, Drawn> drawn = drawAll(replay, 0.5, 3);
    // Lane 0, rewards 1, 2, 3, 4 and then the end.
    assertEquals(
        new Drawn(List.of(0f, 0f), 0, 1 + 1 + 0.75f, 0.125f, List.of(0f, 3f)),
        drawn.get(List.of(0f, 0f)));
    assertEquals(
        new Drawn(List.of(0f, 1f), 1, 2 + 1.5f + 1, 0, List.of(0f, 4f)),
        drawn.get(List.of(0f, 1f)));
    // Lane 1, whose next segment is not there yet: what is known of it.
    assertEquals(
        new Drawn(List.of(1000f, 0f), 0, 1 + 1, 0.25f, List.of(1000f, 2f)),
        drawn.get(List.of(1000f, 0f)));
  }

  @Property(tries = 100)
  void holdsTheNewestTransitionsAndDrawsEachOfThem(
      @ForAll @LongRange(min = 0) long seed, @ForAll @IntRange(min = 1, max = 4) int steps) {
    Generator random = Generator.seeded(seed);
    TestSegments segments = new TestSegments("run");
    int capacity = 40;
    ReplayBuffer replay = new ReplayBuffer(capacity, 2);
    List<Segment> all = new ArrayList<>();
    for (int i = 0; i < 60; i++) {
      SegmentEnd end = ENDS.get(random.integers(ENDS.size()));
      Segment segment = segments.next(random.integers(2), 1 + random.integers(9), end);
      all.add(segment);
      appendInParts(replay, segment, random);
    }

    Map<List<Float>, Drawn> expected = newest(all, capacity, steps);
    assertEquals(expected.size(), replay.transitions());
    assertEquals(expected, drawAll(replay, 0.5, steps));
  }

  @Test
  void drawsUniformly() {
    TestSegments segments = new TestSegments("run");
    ReplayBuffer replay = new ReplayBuffer(64, 2);
    for (int i = 0; i < 30; i++) {
      append(replay, segments.next(0, 1 + i % 5, SegmentEnd.TERMINATED));
    }
    int draws = 200_000;
    Map<List<Float>, Integer> counts = new HashMap<>();
    try (Compute compute = Compute.open(DeviceChoice.CPU);
        TransitionBatch batch = new TransitionBatch(compute, draws, 2)) {
      replay.sample(Generator.seeded(1), batch, 1, 1);
      for (int row = 0; row < draws; row++) {
        counts.merge(observation(batch, row), 1, Integer::sum);
      }
    }
    double expected = (double) draws / replay.transitions();
    double chiSquared =
        counts.values().stream().mapToDouble(c -> (c - expected) * (c - expected) / expected).sum();
    assertEquals(replay.transitions(), counts.size());
    // The 99.9 % point of the chi-squared distribution with 60 degrees of freedom is 99.6.
    assertTrue(replay.transitions() <= 61 && chiSquared < 99.6, "chi squared is " + chiSquared);
  }

  private static void append(ReplayBuffer replay, Segment segment) {
    replay.append(segment, 1000, 0, segment.length());
  }

  private static void appendInParts(ReplayBuffer replay, Segment segment, Generator random) {
    int length = segment.length();
    for (int from = 0; from < length; ) {
      int count = 1 + random.integers(length - from);
      replay.append(segment, 1000, from, count);
      from += count;
    }
  }

  /** What a replay must hold, from the segments themselves. */
  private static Map<List<Float>, Drawn> newest(List<Segment> all, int capacity, int steps) {
    Map<List<Float>, Drawn> newest = new HashMap<>();
    int slots = 0;
    for (int s = all.size() - 1; s >= 0; s--) {
      int length = all.get(s).length();
      slots++; // the last observation
      for (int i = length - 1; i >= 0 && slots < capacity; i--, slots++) {
        Drawn drawn = transition(all, s, i, steps);
        newest.put(drawn.observation(), drawn);
      }
      if (slots >= capacity) {
        break;
      }
    }
    return newest;
  }

  private static Drawn transition(List<Segment> all, int index, int step, int steps) {
    var first = all.get(index);
    float episode = first.lane().lane() * 1000L + first.episode();
    double weight = 1;
    double reward = 0;
    long at = first.firstStep() + step;
    long begin = at;
    var current = first;
    for (int n = 0; n < steps; n++) {
      if (at == current.nextStep()) {
        if (current.end() != SegmentEnd.CONTINUES) {
          break;
        }
        var before = current;
        var continuation =
            all.stream()
                .filter(s -> s.lane().equals(before.lane()))
                .filter(s -> s.sequence() > before.sequence())
                .findFirst();
        if (continuation.isEmpty()) {
          break;
        }
        current = continuation.get();
      }
      reward += weight * (at + 1);
      at++;
      weight *= 0.5;
      if (at == current.nextStep() && current.end() == SegmentEnd.TERMINATED) {
        weight = 0;
        break;
      }
    }
    return new Drawn(
        List.of(episode, (float) begin),
        begin % 2,
        (float) reward,
        (float) weight,
        List.of(episode, (float) at));
  }

  /** Draws until every transition has come with near certainty. */
  private static Map<List<Float>, Drawn> drawAll(ReplayBuffer replay, double discount, int steps) {
    Map<List<Float>, Drawn> drawn = new HashMap<>();
    try (Compute compute = Compute.open(DeviceChoice.CPU);
        TransitionBatch batch = new TransitionBatch(compute, 2000, 2)) {
      replay.sample(Generator.seeded(5), batch, discount, steps);
      for (int row = 0; row < batch.size(); row++) {
        Drawn one =
            new Drawn(
                observation(batch, row),
                batch.actions().get(row),
                batch.rewards().get(row),
                batch.discounts().get(row),
                List.of(
                    batch.nextObservations().get(2 * row),
                    batch.nextObservations().get(2 * row + 1)));
        Drawn before = drawn.put(one.observation(), one);
        assertTrue(before == null || before.equals(one));
      }
    }
    return drawn;
  }

  private static List<Float> observation(TransitionBatch batch, int row) {
    return List.of(batch.observations().get(2 * row), batch.observations().get(2 * row + 1));
  }
}
