package dev.relive.producers;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.relive.environments.Box;
import dev.relive.environments.Discrete;
import dev.relive.environments.EnvironmentSpec;
import dev.relive.environments.MultiBinary;
import dev.relive.environments.Space;
import dev.relive.log.Column;
import dev.relive.log.ElementType;
import dev.relive.log.LaneId;
import dev.relive.log.PolicyVersions;
import dev.relive.log.RejectedRecordException;
import dev.relive.log.Segment;
import dev.relive.log.SegmentCodec;
import dev.relive.log.SegmentEnd;
import java.nio.ByteBuffer;
import java.util.Arrays;
import java.util.Map;
import java.util.OptionalDouble;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/** One lane with observations of two numbers and three transitions a segment. */
class LaneRecorderTest {
  private static final LaneId LANE = new LaneId("run", "actor", 0xEL, 4);

  private final LaneRecorder lane = recorder(2);

  @Test
  void aSegmentHoldsWhatWasRecordedAndTheObservationAfterIt() {
    lane.begin(row(1, 2), 0, 1_000);
    transition(1, 0.5f, 7, -1.5, row(3, 4), 2_000);
    transition(0, 0.25f, 7, 2.0, row(5, 6), 3_000);

    Segment segment = lane.cut(SegmentEnd.TERMINATED, 11, 42);

    assertEquals(LANE, segment.lane());
    assertEquals(11, segment.sequence());
    assertEquals(0, segment.episode());
    assertEquals(0, segment.firstStep());
    assertEquals(2, segment.length());
    assertEquals(SegmentEnd.TERMINATED, segment.end());
    assertEquals(PolicyVersions.of(7), segment.policyVersions());
    assertEquals(42, segment.actorSteps());
    assertEquals(1_000, segment.startedAtMicros());
    assertEquals(3_000, segment.endedAtMicros());
    assertArrayEquals(row(1, 2, 3, 4, 5, 6), numbers(segment.observations()));
    assertArrayEquals(row(1, 0), numbers(segment.actions()));
    assertArrayEquals(row(-1.5f, 2), numbers(segment.rewards()));
    assertArrayEquals(row(0.5f, 0.25f), numbers(segment.behaviourProbabilities()));
    assertEquals(ElementType.UINT8, segment.actions().type());
  }

  @Test
  void theNextSegmentBeginsWithTheLastObservationOfTheOneBefore() {
    lane.begin(row(0, 0), 0, 10);
    for (int step = 1; step <= 3; step++) {
      assertFalse(lane.isFull());
      transition(0, 1, 1, step, row(step, -step), 10 + step);
    }
    assertTrue(lane.isFull());
    Segment first = lane.cut(SegmentEnd.CONTINUES, 0, 3);
    transition(1, 1, 2, 4, row(4, -4), 14);
    Segment second = lane.cut(SegmentEnd.TRUNCATED, 1, 4);

    assertArrayEquals(row(0, 0, 1, -1, 2, -2, 3, -3), numbers(first.observations()));
    assertArrayEquals(row(3, -3, 4, -4), numbers(second.observations()));
    assertEquals(3, second.firstStep());
    assertEquals(13, second.startedAtMicros());
    assertEquals(PolicyVersions.of(2), second.policyVersions());
    assertEquals(1 + 2 + 3 + 4, lane.episodeReturn());
  }

  @Test
  void aSegmentOutlivesWhatIsRecordedAfterIt() {
    lane.begin(row(1, 1), 0, 0);
    transition(1, 1, 1, 1, row(2, 2), 1);
    Segment kept = lane.cut(SegmentEnd.CONTINUES, 0, 1);
    transition(0, 1, 1, 9, row(9, 9), 2);
    lane.cut(SegmentEnd.TERMINATED, 1, 2);

    assertArrayEquals(row(1, 1, 2, 2), numbers(kept.observations()));
    assertArrayEquals(row(1), numbers(kept.rewards()));
  }

  @Test
  void episodesAreCountedAndBeginAtStepZero() {
    for (int episode = 0; episode < 3; episode++) {
      lane.begin(row(episode, 0), 0, 0);
      transition(0, 1, 1, 1, row(episode, 1), 1);
      assertEquals(1, lane.episodeReturn());
      assertEquals(1, lane.episodeLength());
      Segment segment = lane.cut(SegmentEnd.TERMINATED, episode, episode + 1);
      assertEquals(episode, segment.episode());
      assertEquals(0, segment.firstStep());
    }
  }

  @Test
  void policyVersionsAreARunLengthList() {
    lane.begin(row(0, 0), 0, 0);
    transition(0, 1, 5, 0, row(0, 0), 0);
    transition(0, 1, 6, 0, row(0, 0), 0);
    transition(0, 1, 6, 0, row(0, 0), 0);

    Segment segment = lane.cut(SegmentEnd.CONTINUES, 0, 3);

    assertEquals(PolicyVersions.of(new int[] {0, 1}, new long[] {5, 6}), segment.policyVersions());
  }

  @Test
  void anAbandonedLaneWithNothingPendingHasASegmentOfLengthZero() throws Exception {
    lane.begin(row(1, 2), 0, 0);
    transition(1, 1, 1, 1, row(3, 4), 1);
    lane.cut(SegmentEnd.CONTINUES, 0, 1);
    assertEquals(0, lane.pending());

    Segment segment = lane.cut(SegmentEnd.ABANDONED, 1, 1);

    assertEquals(0, segment.length());
    assertEquals(1, segment.firstStep());
    assertArrayEquals(row(3, 4), numbers(segment.observations()));
    assertEquals(PolicyVersions.NONE, segment.policyVersions());
    assertEquals(segment, encodedAndDecoded(segment));
  }

  @Test
  void moreActionsThanAByteHoldsAreStoredAsInts() throws Exception {
    LaneRecorder wide = recorder(257);
    wide.begin(row(0, 0), 0, 0);
    wide.choice(new int[] {9, 256}, 1, 1, 1);
    wide.outcome(0, row(0, 0), 0, 0);

    Segment segment = encodedAndDecoded(wide.cut(SegmentEnd.TERMINATED, 0, 1));

    assertEquals(ElementType.INT32, segment.actions().type());
    assertArrayEquals(row(256), numbers(segment.actions()));
  }

  @Test
  void the256thActionStillFitsAByte() throws Exception {
    LaneRecorder wide = recorder(256);
    wide.begin(row(0, 0), 0, 0);
    wide.choice(new int[] {255}, 0, 1, 1);
    wide.outcome(0, row(0, 0), 0, 0);

    Segment segment = encodedAndDecoded(wide.cut(SegmentEnd.TERMINATED, 0, 1));

    assertEquals(ElementType.UINT8, segment.actions().type());
    assertArrayEquals(row(255), numbers(segment.actions()));
  }

  @Test
  void integersAndBitsAreStoredAsSuch() throws Exception {
    MultiBinary bits = new MultiBinary(3, 4);
    LaneRecorder narrow =
        new LaneRecorder(LANE, SegmentLayout.of(environment(bits, new Discrete(2)), 3));
    float[] cells = {1, 0, 0, 1, 0, 0, 0, 0, 1, 0, 1, 1};
    float[] none = new float[12];
    narrow.begin(cells, 0, 0);
    narrow.choice(new int[] {1}, 0, 1, 1);
    narrow.outcome(0, none, 0, 0);
    narrow.choice(new int[] {1}, 0, 1, 1);
    narrow.outcome(0, cells, 0, 0);

    Segment segment = encodedAndDecoded(narrow.cut(SegmentEnd.TERMINATED, 0, 2));

    assertEquals(ElementType.BIT, segment.observations().type());
    assertArrayEquals(new int[] {3, 4}, segment.observations().shape());
    float[] stored = numbers(segment.observations());
    assertArrayEquals(cells, Arrays.copyOf(stored, 12));
    assertArrayEquals(none, Arrays.copyOfRange(stored, 12, 24));
    assertArrayEquals(cells, Arrays.copyOfRange(stored, 24, 36));

    LaneRecorder integers =
        new LaneRecorder(
            LANE, SegmentLayout.of(environment(new Discrete(500), new Discrete(2)), 3));
    integers.begin(row(499), 0, 0);
    integers.choice(new int[] {1}, 0, 1, 1);
    integers.outcome(0, row(256), 0, 0);
    Segment two = encodedAndDecoded(integers.cut(SegmentEnd.TERMINATED, 0, 1));
    assertEquals(ElementType.INT32, two.observations().type());
    assertArrayEquals(row(499, 256), numbers(two.observations()));
  }

  @Test
  void nothingIsRecordedOutsideAnEpisodeOrBeyondTheSegment() {
    assertThrows(IllegalStateException.class, () -> transition(0, 1, 1, 0, row(0, 0), 0));
    lane.begin(row(0, 0), 0, 0);
    assertThrows(IllegalStateException.class, () -> lane.begin(row(0, 0), 0, 0));
    for (int step = 0; step < 3; step++) {
      transition(0, 1, 1, 0, row(0, 0), 0);
    }
    assertThrows(IllegalStateException.class, () -> transition(0, 1, 1, 0, row(0, 0), 0));
  }

  private static LaneRecorder recorder(int actionCount) {
    return new LaneRecorder(LANE, SegmentLayout.of(environment(new Discrete(actionCount)), 3));
  }

  private static EnvironmentSpec environment(Discrete actions) {
    float[] bound = {9, 9};
    Box observations = new Box(new int[] {2}, new float[] {-9, -9}, bound);
    return environment(observations, actions);
  }

  private static EnvironmentSpec environment(Space observations, Discrete actions) {
    return new EnvironmentSpec("test", Map.of(), 0, OptionalDouble.empty(), observations, actions);
  }

  private void transition(
      int action, float probability, long version, double reward, float[] next, long atMicros) {
    lane.choice(new int[] {action}, 0, probability, version);
    lane.outcome(reward, next, 0, atMicros);
  }

  private static Segment encodedAndDecoded(Segment segment) throws RejectedRecordException {
    return SegmentCodec.decode(ByteBuffer.wrap(SegmentCodec.encode(segment)));
  }

  private static float[] row(float... numbers) {
    return numbers;
  }

  private static float[] numbers(@Nullable Column column) {
    if (column == null) {
      throw new AssertionError("the column is absent");
    }
    float[] numbers = new float[column.rows() * column.rowElements()];
    column.copyRows(0, column.rows(), numbers, 0);
    return numbers;
  }
}
