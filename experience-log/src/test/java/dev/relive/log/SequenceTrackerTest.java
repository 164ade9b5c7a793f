package dev.relive.log;

import static dev.relive.log.SegmentEnd.ABANDONED;
import static dev.relive.log.SegmentEnd.CONTINUES;
import static dev.relive.log.SegmentEnd.TERMINATED;
import static dev.relive.log.SegmentEnd.TRUNCATED;
import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.relive.log.wire.CheckpointState.Actor;
import dev.relive.log.wire.CheckpointState.Lane;
import java.util.List;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Every row of the protocol's "What a reader concludes". All segments have 10 steps. */
class SequenceTrackerTest {
  private static final Continuity BEGINS = new Continuity(false, 0, false);
  private static final Continuity GOES_ON = new Continuity(false, 0, true);

  private SequenceTracker tracker = new SequenceTracker(true);

  @Nested
  class TheExpectedSequence {
    @Test
    void isAccepted() {
      assertEquals(BEGINS, see(0, 0, 0, 0, CONTINUES));
      assertEquals(GOES_ON, see(1, 0, 0, 10, CONTINUES));
      assertEquals(GOES_ON, see(2, 0, 0, 20, TERMINATED));
      assertEquals(BEGINS, see(3, 0, 1, 0, CONTINUES));
      assertCounts(0, 0, 0);
    }

    @Test
    void isCountedOverAllLanesOfTheEpoch() {
      assertEquals(BEGINS, see(0, 0, 0, 0, CONTINUES));
      assertEquals(BEGINS, see(1, 1, 0, 0, CONTINUES));
      assertEquals(GOES_ON, see(2, 0, 0, 10, CONTINUES));
      assertEquals(GOES_ON, see(3, 1, 0, 10, CONTINUES));
      assertCounts(0, 0, 0);
    }

    @Test
    void isCountedForEveryActorByItself() {
      assertEquals(BEGINS, see("a", 1, 0, 0, 0, 0, CONTINUES));
      assertEquals(BEGINS, see("b", 1, 0, 0, 0, 0, CONTINUES));
      assertEquals(GOES_ON, see("a", 1, 1, 0, 0, 10, CONTINUES));
      assertEquals(GOES_ON, see("b", 1, 1, 0, 0, 10, CONTINUES));
      assertCounts(0, 0, 0);
    }

    @Test
    void mayBeASegmentWithoutSteps() {
      see(0, 0, 0, 0, CONTINUES);

      assertEquals(
          GOES_ON, tracker.observe(SegmentExamples.at(lane("a", 1, 0), 1, 0, 10, 0, ABANDONED)));
      assertEquals(BEGINS, see(2, 0, 1, 0, CONTINUES));
      assertCounts(0, 0, 0);
    }
  }

  @Nested
  class ASmallerSequence {
    @Test
    void isADuplicateThatChangesNothing() {
      see(0, 0, 0, 0, CONTINUES);
      see(1, 0, 0, 10, CONTINUES);

      assertEquals(Continuity.DUPLICATE, see(0, 0, 0, 0, CONTINUES));
      assertEquals(Continuity.DUPLICATE, see(1, 0, 0, 10, CONTINUES));
      assertEquals(GOES_ON, see(2, 0, 0, 20, CONTINUES));
      assertCounts(0, 2, 0);
    }

    @Test
    void isADuplicateEvenWhereItWasMissing() {
      see(0, 0, 0, 0, CONTINUES);
      see(2, 0, 0, 20, CONTINUES);

      assertEquals(Continuity.DUPLICATE, see(1, 0, 0, 10, CONTINUES));
      assertEquals(GOES_ON, see(3, 0, 0, 30, CONTINUES));
      assertCounts(1, 1, 0);
    }

    @Test
    void isADuplicateInAnOlderEpochToo() {
      see("a", 1, 0, 0, 0, 0, CONTINUES);
      see("a", 2, 0, 0, 0, 0, CONTINUES);

      assertEquals(Continuity.DUPLICATE, see("a", 1, 0, 0, 0, 0, CONTINUES));
      assertEquals(GOES_ON, see("a", 2, 1, 0, 0, 10, CONTINUES));
    }
  }

  @Nested
  class ALargerSequence {
    @Test
    void isAGapOfTheDifferenceAndClosesTheLanesOfItsActor() {
      see("a", 1, 0, 0, 0, 0, CONTINUES);
      see("a", 1, 1, 1, 0, 0, CONTINUES);
      see("b", 1, 0, 0, 0, 0, CONTINUES);

      assertEquals(new Continuity(false, 3, false), see("a", 1, 5, 0, 0, 10, CONTINUES));
      assertEquals(BEGINS, see("a", 1, 6, 1, 0, 10, CONTINUES));
      assertEquals(GOES_ON, see("a", 1, 7, 0, 0, 20, CONTINUES));
      assertEquals(GOES_ON, see("b", 1, 1, 0, 0, 10, CONTINUES));
      assertCounts(3, 0, 0);
    }

    @Test
    void letsALaneGoOnAnywhere() {
      see(0, 0, 0, 0, CONTINUES);
      see(2, 0, 5, 70, CONTINUES);
      see(3, 1, 4, 30, CONTINUES);

      assertCounts(1, 0, 0);
    }
  }

  @Nested
  class AnUnknownEpochAtSequenceZero {
    @ParameterizedTest
    @EnumSource(Start.class)
    void isAcceptedAndAbandonsTheOpenLanesOfOlderOnes(Start start) {
      tracker = start.tracker();
      see("a", 1, 0, 0, 0, 0, CONTINUES);
      see("b", 1, 0, 0, 0, 0, CONTINUES);

      assertEquals(BEGINS, see("a", 2, 0, 0, 0, 0, CONTINUES));
      assertEquals(GOES_ON, see("a", 2, 1, 0, 0, 10, CONTINUES));
      assertEquals(BEGINS, see("a", 1, 1, 0, 0, 10, CONTINUES));
      assertEquals(GOES_ON, see("b", 1, 1, 0, 0, 10, CONTINUES));
      assertCounts(0, 0, 0);
    }
  }

  @Nested
  class AnUnknownEpochAtALaterSequence {
    @Test
    void isNoGapWhereReadingBeganInMidLog() {
      tracker = Start.IN_MID_LOG.tracker();

      assertEquals(BEGINS, see(57, 0, 3, 120, CONTINUES));
      assertEquals(GOES_ON, see(58, 0, 3, 130, CONTINUES));
      assertEquals(BEGINS, see(59, 1, 9, 40, CONTINUES));
      assertEquals(Continuity.DUPLICATE, see(56, 0, 3, 110, CONTINUES));
      assertEquals(new Continuity(false, 1, false), see(61, 0, 3, 150, CONTINUES));
      assertCounts(1, 1, 0);
    }

    @Test
    void isAGapWhereReadingBeganAtTheRunsFirstOffset() {
      assertEquals(new Continuity(false, 57, false), see(57, 0, 3, 120, CONTINUES));
      assertEquals(GOES_ON, see(58, 0, 3, 130, CONTINUES));
      assertCounts(57, 0, 0);
    }
  }

  @Nested
  class ASegmentThatDoesNotContinueItsLane {
    @Test
    void breaksItAtAnotherStep() {
      see(0, 0, 0, 0, CONTINUES);

      assertEquals(BEGINS, see(1, 0, 0, 11, CONTINUES));
      assertEquals(GOES_ON, see(2, 0, 0, 21, CONTINUES));
      assertCounts(0, 0, 1);
    }

    @Test
    void breaksItInAnotherEpisode() {
      see(0, 0, 0, 0, CONTINUES);

      assertEquals(BEGINS, see(1, 0, 1, 0, CONTINUES));
      assertCounts(0, 0, 1);
    }

    @ParameterizedTest
    @EnumSource(
        value = SegmentEnd.class,
        names = {"TERMINATED", "TRUNCATED", "ABANDONED"})
    void breaksItAfterTheEndOfItsEpisode(SegmentEnd end) {
      see(0, 0, 0, 0, end);

      assertEquals(BEGINS, see(1, 0, 0, 10, CONTINUES));
      assertCounts(0, 0, 1);
      assertEquals(GOES_ON, see(2, 0, 0, 20, TERMINATED));
      assertEquals(BEGINS, see(3, 0, 2, 0, CONTINUES)); // episode 1 is missing
      assertCounts(0, 0, 2);
    }

    @ParameterizedTest
    @EnumSource(Start.class)
    void breaksALaneThatWouldHaveBegunHere(Start start) {
      tracker = start.tracker();
      see(0, 0, 0, 0, CONTINUES);

      assertEquals(BEGINS, see(1, 1, 0, 10, CONTINUES));
      assertEquals(BEGINS, see(2, 2, 1, 0, CONTINUES));
      assertEquals(BEGINS, see(3, 3, 0, 0, CONTINUES));
      assertCounts(0, 0, 2);
    }

    @Test
    void leavesOtherLanesOpen() {
      see(0, 0, 0, 0, CONTINUES);
      see(1, 1, 0, 0, CONTINUES);
      see(2, 0, 7, 7, TRUNCATED);

      assertEquals(GOES_ON, see(3, 1, 0, 10, CONTINUES));
      assertCounts(0, 0, 1);
    }
  }

  @Test
  void itsStateTellsAllThatIsKnownOfEveryActorEpoch() {
    see("b", 1, 0, 0, 0, 0, TERMINATED);
    see("a", 9, 0, 2, 0, 0, CONTINUES);
    see("a", 9, 1, 1, 0, 0, TRUNCATED);
    see("b", 1, 4, 0, 4, 0, TERMINATED);
    see("b", 1, 2, 0, 2, 0, TERMINATED);
    see("b", 2, 0, 0, 0, 0, TERMINATED);

    assertEquals(
        List.of(
            // A gap, and then a newer epoch, has closed its lanes.
            epoch("b", 1, 5, 50).setGaps(3).setDuplicates(1).build(),
            epoch("b", 2, 1, 10).setComplete(true).addLanes(lane(0, false, 1, 0)).build(),
            epoch("a", 9, 2, 20)
                .setComplete(true)
                .addLanes(lane(1, false, 1, 0))
                .addLanes(lane(2, true, 0, 10))
                .build()),
        tracker.state());
  }

  private static Actor.Builder epoch(String actor, long epoch, long nextSequence, long steps) {
    return Actor.newBuilder()
        .setActor(actor)
        .setEpoch(epoch)
        .setNextSequence(nextSequence)
        .setSteps(steps);
  }

  private static Lane lane(int lane, boolean open, long episode, long step) {
    return Lane.newBuilder().setLane(lane).setOpen(open).setEpisode(episode).setStep(step).build();
  }

  @Test
  void theNewestEpochsOfAnActorAreKept() {
    for (long epoch = 1; epoch <= SequenceTracker.EPOCHS_KEPT + 2; epoch++) {
      see("a", epoch, 0, 0, 0, 0, CONTINUES);
    }

    assertEquals(List.of(3L, 4L, 5L, 6L), tracker.state().stream().map(Actor::getEpoch).toList());
  }

  @Test
  void theLargestSequenceIsCountedToo() {
    see(Long.MAX_VALUE - 1, 0, 0, 0, TERMINATED);

    assertCounts(Long.MAX_VALUE - 1, 0, 0);
    assertEquals(Long.MAX_VALUE, tracker.state().get(0).getNextSequence());
  }

  private enum Start {
    AT_THE_FIRST_SEGMENT,
    IN_MID_LOG;

    SequenceTracker tracker() {
      return new SequenceTracker(this == AT_THE_FIRST_SEGMENT);
    }
  }

  private void assertCounts(long gaps, long duplicates, long brokenLanes) {
    assertEquals(gaps, tracker.gaps(), "gaps");
    assertEquals(duplicates, tracker.duplicates(), "duplicates");
    assertEquals(brokenLanes, tracker.brokenLanes(), "broken lanes");
  }

  private Continuity see(long sequence, int lane, long episode, long firstStep, SegmentEnd end) {
    return see("a", 1, sequence, lane, episode, firstStep, end);
  }

  private Continuity see(
      String actor,
      long epoch,
      long sequence,
      int lane,
      long episode,
      long firstStep,
      SegmentEnd end) {
    return tracker.observe(
        SegmentExamples.at(lane(actor, epoch, lane), sequence, episode, firstStep, 10, end));
  }

  private static LaneId lane(String actor, long epoch, int lane) {
    return new LaneId("run", actor, epoch, lane);
  }
}
