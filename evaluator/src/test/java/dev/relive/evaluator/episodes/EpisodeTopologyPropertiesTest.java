package dev.relive.evaluator.episodes;

import static java.util.Objects.requireNonNull;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNull;

import dev.relive.log.Continuity;
import dev.relive.log.LaneId;
import dev.relive.log.PolicyVersions;
import dev.relive.log.Segment;
import dev.relive.log.SegmentEnd;
import dev.relive.log.SequenceTracker;
import dev.relive.log.wire.Episode;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.TreeMap;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;

/** Whatever the episodes, and however they are cut, lost and repeated. */
class EpisodeTopologyPropertiesTest {
  private static final List<SegmentEnd> ENDS = List.of(SegmentEnd.values());

  /** An episode of a lane as it was played. */
  private static final class Played {
    final float[] rewards;
    final long[] versions;
    final SegmentEnd end;

    Played(float[] rewards, long[] versions, SegmentEnd end) {
      this.rewards = rewards;
      this.versions = versions;
      this.end = end;
    }
  }

  /** How far a lane's episode has been written. */
  private record Cursor(int episode, int step) {}

  @Property(tries = 25)
  void episodesDoNotDependOnHowTheyAreCut(
      @ForAll long seed, @ForAll @IntRange(min = 1, max = 5) int lanes) {
    List<List<Played>> played = play(new Random(seed), lanes);

    Map<String, Episode> once = joined(played, new Random(seed + 1));
    Map<String, Episode> again = joined(played, new Random(seed + 2));

    assertEquals(once, again);
    for (int lane = 0; lane < lanes; lane++) {
      for (int i = 0; i < played.get(lane).size(); i++) {
        check(played.get(lane).get(i), requireNonNull(once.get(lane + "/" + i)));
      }
    }
    assertEquals(played.stream().mapToInt(List::size).sum(), once.size());
  }

  private static void check(Played played, Episode episode) {
    double sum = 0;
    for (float reward : played.rewards) {
      sum += reward;
    }
    int length = played.rewards.length;
    assertEquals(sum, episode.getReturn());
    assertEquals(length, episode.getLength());
    assertEquals(played.end.wire(), episode.getEnd());
    assertEquals(played.versions[0], episode.getFirstPolicyVersion());
    assertEquals(played.versions[length - 1], episode.getLastPolicyVersion());
    assertEquals(
        length * ActorScript.STEP_MICROS,
        episode.getEndedAtMicros() - episode.getStartedAtMicros());
  }

  private static List<List<Played>> play(Random random, int lanes) {
    List<List<Played>> played = new ArrayList<>();
    for (int lane = 0; lane < lanes; lane++) {
      List<Played> episodes = new ArrayList<>();
      for (int i = random.nextInt(4); i >= 0; i--) {
        int length = 1 + random.nextInt(12);
        float[] rewards = new float[length];
        long[] versions = new long[length];
        long version = random.nextInt(3);
        for (int step = 0; step < length; step++) {
          rewards[step] = (float) random.nextGaussian();
          version += random.nextInt(2);
          versions[step] = version;
        }
        episodes.add(
            new Played(
                rewards,
                versions,
                random.nextBoolean() ? SegmentEnd.TERMINATED : SegmentEnd.TRUNCATED));
      }
      played.add(episodes);
    }
    return played;
  }

  /** The episodes that come out when they are cut at random, the lanes mixed at random. */
  private static Map<String, Episode> joined(List<List<Played>> played, Random random) {
    ActorScript actor = new ActorScript("run", "actor", 5);
    Map<Integer, Cursor> cursors = new HashMap<>();
    for (int lane = 0; lane < played.size(); lane++) {
      cursors.put(lane, new Cursor(0, 0));
    }
    try (TestTopology topology = new TestTopology()) {
      while (!cursors.isEmpty()) {
        List<Integer> left = List.copyOf(cursors.keySet());
        int lane = left.get(random.nextInt(left.size()));
        Cursor at = requireNonNull(cursors.get(lane));
        Played episode = played.get(lane).get(at.episode());
        int rest = episode.rewards.length - at.step();
        int length = 1 + random.nextInt(rest);
        boolean last = length == rest;
        topology.append(piece(actor, lane, at, episode, length, last));
        Cursor next =
            last ? new Cursor(at.episode() + 1, 0) : new Cursor(at.episode(), at.step() + length);
        if (next.episode() < played.get(lane).size()) {
          cursors.put(lane, next);
        } else {
          cursors.remove(lane);
        }
      }
      Map<String, Episode> joined = new TreeMap<>();
      for (Episode episode : topology.written()) {
        Episode other = joined.put(episode.getLane() + "/" + episode.getEpisode(), episode);
        assertNull(other);
      }
      return joined;
    }
  }

  private static Segment piece(
      ActorScript actor, int lane, Cursor at, Played episode, int length, boolean last) {
    int[] from = new int[length];
    Arrays.setAll(from, step -> step);
    return actor.next(
        lane,
        at.episode(),
        at.step(),
        last ? episode.end : SegmentEnd.CONTINUES,
        PolicyVersions.of(
            from, Arrays.copyOfRange(episode.versions, at.step(), at.step() + length)),
        Arrays.copyOfRange(episode.rewards, at.step(), at.step() + length));
  }

  /** The learner's own reader is the judge of what is missing, repeated and continued. */
  @Property(tries = 25)
  void concludesWhatEveryReaderConcludes(@ForAll long seed) {
    Random random = new Random(seed);
    SequenceTracker tracker = new SequenceTracker(false);
    Map<LaneId, Double> sums = new HashMap<>();
    List<Double> expected = new ArrayList<>();
    try (TestTopology topology = new TestTopology()) {
      for (Segment segment : faulty(random)) {
        topology.append(segment);
        Continuity continuity = tracker.observe(segment);
        if (!continuity.duplicate()) {
          add(segment, continuity, sums, expected);
        }
      }
      assertEquals(expected, topology.written().stream().map(Episode::getReturn).toList());
      assertEquals(tracker.gaps(), topology.run("run").missing());
      assertEquals(tracker.duplicates(), topology.run("run").duplicates());
    }
  }

  private static void add(
      Segment segment, Continuity continuity, Map<LaneId, Double> sums, List<Double> expected) {
    Double before = sums.remove(segment.lane());
    if (!continuity.continuesLane()) {
      before = segment.firstStep() == 0 ? Double.valueOf(0) : null;
    }
    if (before == null) {
      return;
    }
    double sum = before + segment.length();
    if (segment.end() == SegmentEnd.CONTINUES) {
      sums.put(segment.lane(), sum);
    } else if (segment.end() != SegmentEnd.ABANDONED) {
      expected.add(sum);
    }
  }

  /** Several starts of two actors with two lanes each; segments are lost and repeated. */
  private static List<Segment> faulty(Random random) {
    List<Segment> log = new ArrayList<>();
    long epoch = 0;
    for (String name : List.of("left", "right")) {
      for (int start = 0; start < 3; start++) {
        log.addAll(faultyEpoch(random, new ActorScript("run", name, epoch++)));
      }
    }
    return log;
  }

  private static List<Segment> faultyEpoch(Random random, ActorScript actor) {
    List<Segment> log = new ArrayList<>();
    long[] episodes = new long[2];
    long[] steps = new long[2];
    for (int i = 0; i < 30; i++) {
      int lane = random.nextInt(2);
      float[] rewards = new float[1 + random.nextInt(3)];
      Arrays.fill(rewards, 1);
      SegmentEnd end = ENDS.get(random.nextInt(ENDS.size()));
      Segment segment = actor.next(lane, episodes[lane], steps[lane], end, 1, rewards);
      steps[lane] = end == SegmentEnd.CONTINUES ? segment.nextStep() : 0;
      episodes[lane] += end == SegmentEnd.CONTINUES ? 0 : 1;
      if (random.nextInt(12) > 0) {
        log.add(segment);
      }
      if (random.nextInt(12) == 0 && !log.isEmpty()) {
        log.add(log.get(random.nextInt(log.size())));
      }
    }
    return log;
  }
}
