package dev.relive.learner;

import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.relive.agents.Normalisation;
import dev.relive.agents.ObservationEncoder;
import dev.relive.agents.ObservationEncoding;
import dev.relive.agents.RewardProcessing;
import dev.relive.agents.TransitionBatch;
import dev.relive.agents.torch.Compute;
import dev.relive.agents.torch.DeviceChoice;
import dev.relive.environments.random.Generator;
import dev.relive.log.Segment;
import dev.relive.log.SegmentEnd;
import java.nio.FloatBuffer;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import net.jqwik.api.constraints.LongRange;
import org.junit.jupiter.api.Test;

/** What a replay makes of observations and rewards when it draws them. */
class ReplayFramesTest {
  private static final List<SegmentEnd> ENDS = List.of(SegmentEnd.values());

  @Test
  void framesGoBackThroughTheSegmentsOfAnEpisode() {
    TestSegments segments = new TestSegments("run");
    ReplayBuffer replay = replay(100, 3);
    append(replay, segments.next(0, 1, SegmentEnd.CONTINUES));
    append(replay, segments.next(1, 1, SegmentEnd.CONTINUES)); // another lane in between
    append(replay, segments.next(0, 1, SegmentEnd.CONTINUES));
    append(replay, segments.next(0, 2, SegmentEnd.TERMINATED));
    append(replay, segments.next(0, 1, SegmentEnd.CONTINUES)); // the next episode

    assertEquals(
        Map.of(
            "0:0 0:0 0:0", "0:0 0:0 0:1",
            "0:0 0:0 0:1", "0:0 0:1 0:2",
            "0:0 0:1 0:2", "0:1 0:2 0:3",
            "0:1 0:2 0:3", "0:2 0:3 0:4",
            "1000:0 1000:0 1000:0", "1000:0 1000:0 1000:1",
            "1:0 1:0 1:0", "1:0 1:0 1:1"),
        drawAll(replay, 3));
  }

  @Test
  void whereAnEarlierSegmentIsMissingTheEarliestKnownFrameStandsIn() {
    TestSegments segments = new TestSegments("run");
    ReplayBuffer replay = replay(100, 3);
    append(replay, segments.next(0, 2, SegmentEnd.CONTINUES));
    var unused = segments.next(0, 2, SegmentEnd.CONTINUES); // is lost
    append(replay, segments.next(0, 2, SegmentEnd.CONTINUES));

    assertEquals("0:4 0:4 0:5", drawAll(replay, 3).get("0:4 0:4 0:4"));
    assertEquals("0:4 0:5 0:6", drawAll(replay, 3).get("0:4 0:4 0:5"));
  }

  /** Beside a plain search through the segments that are held, for every transition. */
  @Property(tries = 100)
  void framesAreTheNewestHeldOnes(
      @ForAll @LongRange(min = 0) long seed, @ForAll @IntRange(min = 2, max = 5) int frames) {
    Generator random = Generator.seeded(seed);
    TestSegments segments = new TestSegments("run");
    int capacity = 40;
    ReplayBuffer replay = replay(capacity, frames);
    List<Segment> all = new ArrayList<>();
    for (int i = 0; i < 60; i++) {
      SegmentEnd end = ENDS.get(random.integers(ENDS.size()));
      Segment segment = segments.next(random.integers(2), 1 + random.integers(9), end);
      if (random.integers(10) == 0) {
        continue; // is lost
      }
      all.add(segment);
      appendInParts(replay, segment, random);
    }
    assertEquals(expected(all, capacity, frames), drawAll(replay, frames));
  }

  @Test
  void rewardsAreScaledAndClippedBeforeTheyAreSummed() {
    TestSegments segments = new TestSegments("run");
    ReplayBuffer replay =
        new ReplayBuffer(
            100, new ObservationEncoder(ObservationEncoding.none(2)), new RewardProcessing(2, 5));
    append(replay, segments.next(0, 3, SegmentEnd.TERMINATED)); // 1, 2, 3 become 2, 4, 5
    try (Compute compute = Compute.open(DeviceChoice.CPU);
        TransitionBatch batch = new TransitionBatch(compute, 50, 2)) {
      replay.sample(Generator.seeded(1), batch, 0.5, 2);
      for (int row = 0; row < 50; row++) {
        int step = (int) batch.observations().get(2 * row + 1);
        assertEquals(new float[] {4, 6.5f, 5}[step], batch.rewards().get(row));
      }
    }
  }

  /** What is held stays as it came: new statistics hold for old observations. */
  @Test
  void observationsAreNormalisedWhenTheyAreDrawn() {
    ObservationEncoder encoder =
        new ObservationEncoder(new ObservationEncoding(List.of(0, 0), List.of(0, 0), 1, true));
    ReplayBuffer replay = new ReplayBuffer(100, encoder, RewardProcessing.NONE);
    append(replay, new TestSegments("run").next(3, 1, SegmentEnd.TRUNCATED));
    try (Compute compute = Compute.open(DeviceChoice.CPU);
        TransitionBatch batch = new TransitionBatch(compute, 1, 2)) {
      encoder.use(new Normalisation(new float[] {2990, 0}, new float[] {5, 2}));
      replay.sample(Generator.seeded(1), batch, 1, 1);
      assertEquals(2, batch.observations().get(0));
      assertEquals(0.5f, batch.nextObservations().get(1));
      encoder.use(new Normalisation(new float[] {2999, 0}, new float[] {1, 4}));
      replay.sample(Generator.seeded(1), batch, 1, 1);
      assertEquals(1, batch.observations().get(0));
      assertEquals(0.25f, batch.nextObservations().get(1));
    }
  }

  private static ReplayBuffer replay(int capacity, int frames) {
    ObservationEncoding encoding =
        new ObservationEncoding(List.of(0, 0), List.of(0, 0), frames, false);
    return new ReplayBuffer(capacity, new ObservationEncoder(encoding), RewardProcessing.NONE);
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

  /** The frames of each transition held, and those of its next observation. */
  private static Map<String, String> expected(List<Segment> all, int capacity, int frames) {
    Map<String, String> expected = new TreeMap<>();
    int slots = 0;
    for (int s = all.size() - 1; s >= 0; s--) {
      int length = all.get(s).length();
      slots++;
      for (int i = length - 1; i >= 0 && slots < capacity; i--, slots++) {
        String now = frames(all, s, i, capacity, frames);
        expected.put(now, frames(all, s, i + 1, capacity, frames));
      }
      if (slots >= capacity) {
        break;
      }
    }
    return expected;
  }

  private static String frames(List<Segment> all, int index, int row, int capacity, int frames) {
    Segment segment = all.get(index);
    long episode = segment.lane().lane() * 1000L + segment.episode();
    long step = segment.firstStep() + row;
    List<String> newestFirst = new ArrayList<>();
    for (int frame = 0; frame < frames; frame++) {
      newestFirst.add(0, episode + ":" + step);
      if (isHeld(all, index, step - 1, capacity)) {
        step--;
      }
    }
    return String.join(" ", newestFirst);
  }

  /** Whether an unbroken chain of held segments leads back to a step of the same episode. */
  private static boolean isHeld(List<Segment> all, int index, long step, int capacity) {
    Segment segment = all.get(index);
    if (step < segment.firstStep()) {
      for (int before = index - 1; before >= 0; before--) {
        Segment other = all.get(before);
        if (other.lane().equals(segment.lane())) {
          return other.episode() == segment.episode()
              && other.nextStep() == segment.firstStep()
              && isHeld(all, before, step, capacity);
        }
      }
      return false;
    }
    int newer = 0;
    for (int s = index; s < all.size(); s++) {
      newer += all.get(s).length() + 1;
    }
    return newer - (step - segment.firstStep()) <= capacity;
  }

  /** Draws until every transition has come with near certainty: its frames, and the next ones. */
  private static Map<String, String> drawAll(ReplayBuffer replay, int frames) {
    Map<String, String> drawn = new TreeMap<>();
    try (Compute compute = Compute.open(DeviceChoice.CPU);
        TransitionBatch batch = new TransitionBatch(compute, 2000, 2 * frames)) {
      replay.sample(Generator.seeded(5), batch, 1, 1);
      for (int row = 0; row < batch.size(); row++) {
        String next = frames(batch.nextObservations(), row, frames);
        String before = drawn.put(frames(batch.observations(), row, frames), next);
        assertEquals(before == null ? next : before, next);
      }
    }
    return drawn;
  }

  private static String frames(FloatBuffer rows, int row, int frames) {
    List<String> texts = new ArrayList<>();
    for (int frame = 0; frame < frames; frame++) {
      int at = 2 * (row * frames + frame);
      texts.add((long) rows.get(at) + ":" + (long) rows.get(at + 1));
    }
    return String.join(" ", texts);
  }
}
