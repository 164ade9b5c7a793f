package dev.relive.learner;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.relive.log.InvalidSettingException;
import dev.relive.log.LaneId;
import dev.relive.log.PolicyVersions;
import dev.relive.log.Segment;
import dev.relive.log.SegmentEnd;
import dev.relive.log.SegmentRecord;
import dev.relive.log.SequenceTracker;
import dev.relive.log.Settings;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import net.jqwik.api.constraints.LongRange;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/** Which transitions filters let through, and in which order. */
class ExperienceFilterTest {
  private final TestLog log = new TestLog();
  private final TestSegments source = new TestSegments(TestRuns.RUN);

  /** A transition by where it stands. */
  private record Transition(long ordinal, LaneId lane, long episode, long step) {}

  @Test
  void anEpisodeComesWholeOnceItsReturnIsKnown() {
    ExperienceFilter filter = filter(null, 10.0, 100);

    assertNull(filter.admit(next(0, 3, SegmentEnd.CONTINUES)));
    assertNull(filter.admit(next(1, 2, SegmentEnd.TERMINATED))); // 1 + 2
    Admission admitted = filter.admit(next(0, 1, SegmentEnd.TRUNCATED)); // 1 + 2 + 3 + 4
    assertNotNull(admitted);
    assertEquals(0, admitted.origin().ordinal());
    assertEquals(List.of(0L, 2L), admitted.pieces().stream().map(SegmentRecord::ordinal).toList());
    assertEquals(new Dropped(0, 2, 1, 0, 0), filter.dropped());
    assertNull(filter.oldestHeld());
  }

  @Test
  void whatNeverEndsIsDroppedAndCounted() {
    ExperienceFilter filter = filter(null, 0.0, 10);

    assertNull(filter.admit(next(0, 4, SegmentEnd.CONTINUES)));
    assertNull(filter.admit(next(0, 2, SegmentEnd.ABANDONED)));
    assertEquals(new Dropped(0, 6, 0, 1, 0), filter.dropped());
    assertNull(filter.admit(next(0, 7, SegmentEnd.CONTINUES)));
    assertNull(filter.admit(next(1, 3, SegmentEnd.CONTINUES)));
    assertEquals(2, filter.heldEpisodes());
    assertNull(filter.admit(next(0, 1, SegmentEnd.TERMINATED))); // its eleventh step of the log
    assertEquals(new Dropped(0, 14, 0, 1, 1), filter.dropped());
    assertNull(
        admit(filter, new TestSegments(TestRuns.RUN, "actor", 2).next(1, 1, SegmentEnd.CONTINUES)));
    assertEquals(new Dropped(0, 17, 0, 2, 1), filter.dropped());
    assertEquals(1, filter.heldEpisodes());
  }

  private @Nullable Admission admit(ExperienceFilter filter, Segment segment) {
    return filter.admit(log.append(segment));
  }

  @Test
  void aSegmentIsCutWhereThePolicyChanges() {
    ExperienceFilter filter = filter(new VersionRange(2, 3), null, 0);
    PolicyVersions versions =
        PolicyVersions.of(new int[] {0, 2, 3, 6, 8}, new long[] {3, 2, 4, 2, 1});

    Admission admitted = admit(filter, source.next(0, 10, SegmentEnd.TERMINATED, versions));
    assertNotNull(admitted);
    List<Segment> pieces = admitted.pieces().stream().map(SegmentRecord::segment).toList();
    assertEquals(List.of(0L, 6L), pieces.stream().map(Segment::firstStep).toList());
    assertEquals(List.of(3, 2), pieces.stream().map(Segment::length).toList());
    assertEquals(
        List.of(SegmentEnd.CONTINUES, SegmentEnd.CONTINUES),
        pieces.stream().map(Segment::end).toList());
    assertEquals(
        PolicyVersions.of(new int[] {0, 2}, new long[] {3, 2}), pieces.get(0).policyVersions());
    assertEquals(PolicyVersions.of(2), pieces.get(1).policyVersions());
    float[] observations = new float[6];
    pieces.get(1).observations().copyRows(0, 3, observations, 0);
    assertEquals(6, observations[1]);
    assertEquals(8, observations[5]);
    assertEquals(8, pieces.get(1).actorSteps());
    assertEquals(new Dropped(5, 0, 0, 0, 0), filter.dropped());
  }

  @Property(tries = 200)
  void letsThroughWhatAPlainReaderOfTheWholeLogWould(
      @ForAll @LongRange(min = 0, max = 1_000_000) long seed,
      @ForAll @IntRange(min = -1, max = 40) int minReturn,
      @ForAll @IntRange(min = 1, max = 150) int heldSteps,
      @ForAll @IntRange(min = 0, max = RandomLog.VERSIONS) int firstVersion) {
    List<SegmentRecord> accepted = accepted(RandomLog.of(seed, 150, 9));
    VersionRange versions =
        firstVersion == 0 ? null : new VersionRange(firstVersion, 3 + firstVersion);
    Double least = minReturn < 0 ? null : (double) minReturn;
    ExperienceFilter filter = filter(versions, least, least == null ? 0 : heldSteps);
    List<Transition> admitted = new ArrayList<>();
    long admittedSteps = 0;
    for (SegmentRecord record : accepted) {
      Admission admission = filter.admit(record);
      if (admission != null) {
        for (SegmentRecord piece : admission.pieces()) {
          admittedSteps += piece.segment().length();
          add(admitted, piece, 0, piece.segment().length());
        }
      }
    }
    assertEquals(plain(accepted, versions, least, heldSteps), admitted);
    long all = accepted.stream().mapToLong(record -> record.segment().length()).sum();
    assertTrue(admittedSteps + filter.dropped().steps() <= all);
    if (filter.heldEpisodes() == 0) {
      assertEquals(all, admittedSteps + filter.dropped().steps());
    }
  }

  @Test
  void filtersAreReadAsTheyAreWritten() {
    ExperienceFilters all = new ExperienceFilters(new VersionRange(3, 9), -200.5, 0);
    Settings written = all.toSettings(4);
    assertEquals("{held-steps=500000, min-return=-200.5, policy-version=3..9}", written.toString());
    assertEquals(
        new ExperienceFilters(new VersionRange(3, 9), -200.5, 500_000),
        ExperienceFilters.of(written));
    assertEquals("3276", new ExperienceFilters(null, 1.0, 0).toSettings(20_464).text("held-steps"));
    assertEquals(
        ExperienceFilters.NONE, ExperienceFilters.of(ExperienceFilters.NONE.toSettings(4)));
    assertEquals("..9", VersionRange.of("..9").toString());
    assertEquals("3..", VersionRange.of("3..").toString());
    assertEquals(new VersionRange(7, 7), VersionRange.of("7"));
    for (String text : List.of("..", "", "a..b", "1...3", "9..3")) {
      assertThrows(InvalidSettingException.class, () -> VersionRange.of(text), text);
    }
  }

  private SegmentRecord next(int lane, int length, SegmentEnd end) {
    return log.append(source.next(lane, length, end));
  }

  private static ExperienceFilter filter(
      @Nullable VersionRange versions, @Nullable Double minReturn, long heldSteps) {
    return new ExperienceFilter(new ExperienceFilters(versions, minReturn, heldSteps));
  }

  private static List<SegmentRecord> accepted(TestLog log) {
    SequenceTracker tracker = new SequenceTracker(false);
    return log.from(0).stream()
        .filter(record -> !tracker.observe(record.segment()).duplicate())
        .toList();
  }

  /** Looks from every beginning of an episode for its end. */
  private static List<Transition> plain(
      List<SegmentRecord> log, @Nullable VersionRange versions, @Nullable Double least, long held) {
    TreeMap<Integer, List<SegmentRecord>> byEnd = new TreeMap<>();
    for (int i = 0; i < log.size(); i++) {
      Segment first = log.get(i).segment();
      if (least == null) {
        byEnd.put(i, List.of(log.get(i)));
      } else if (first.firstStep() == 0 && first.length() > 0) {
        findEnd(log, i, least, held, byEnd);
      }
    }
    List<Transition> transitions = new ArrayList<>();
    for (List<SegmentRecord> episode : byEnd.values()) {
      for (SegmentRecord record : episode) {
        for (int t = 0; t < record.segment().length(); t++) {
          long version = record.segment().policyVersions().at(t);
          if (versions == null || (version >= versions.first() && version <= versions.last())) {
            add(transitions, record, t, 1);
          }
        }
      }
    }
    return transitions;
  }

  private static void findEnd(
      List<SegmentRecord> log,
      int begin,
      double least,
      long held,
      Map<Integer, List<SegmentRecord>> byEnd) {
    LaneId lane = log.get(begin).segment().lane();
    List<SegmentRecord> episode = new ArrayList<>();
    long steps = 0;
    long length = 0;
    double sum = 0;
    for (int i = begin; i < log.size(); i++) {
      Segment segment = log.get(i).segment();
      boolean newerEpoch =
          segment.sequence() == 0
              && segment.lane().actor().equals(lane.actor())
              && segment.lane().epoch() != lane.epoch();
      boolean ofLane = segment.lane().equals(lane);
      boolean goesOn =
          segment.episode() == log.get(begin).segment().episode() && segment.firstStep() == length;
      steps += segment.length();
      if (newerEpoch || (ofLane && !goesOn) || steps > held) {
        return;
      }
      if (ofLane) {
        episode.add(log.get(i));
        for (int t = 0; t < segment.length(); t++) {
          sum += ++length;
        }
        if (segment.end() != SegmentEnd.CONTINUES) {
          if (segment.end() != SegmentEnd.ABANDONED && sum >= least) {
            byEnd.put(i, episode);
          }
          return;
        }
      }
    }
  }

  private static void add(List<Transition> transitions, SegmentRecord record, int from, int count) {
    Segment segment = record.segment();
    for (int t = from; t < from + count; t++) {
      transitions.add(
          new Transition(
              record.ordinal(), segment.lane(), segment.episode(), segment.firstStep() + t));
    }
  }
}
