package dev.relive.agents;

import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.relive.agents.torch.Compute;
import dev.relive.agents.torch.DeviceChoice;
import dev.relive.log.Column;
import dev.relive.log.ElementType;
import dev.relive.log.LaneId;
import dev.relive.log.PolicyVersions;
import dev.relive.log.Segment;
import dev.relive.log.SegmentEnd;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Test;

/** Observations are numbers that say their place: 100 × episode + step. */
class EarlierFramesTest {
  private static final Compute COMPUTE = Compute.open(DeviceChoice.CPU);
  private static final ObservationEncoding THREE =
      new ObservationEncoding(List.of(0), List.of(0), 3, false);

  private final EarlierFrames earlier = new EarlierFrames(THREE);
  private final TrajectoryBatch batch =
      new TrajectoryBatch(
          COMPUTE, 20, new ObservationEncoder(THREE), earlier, RewardProcessing.NONE);

  @AfterAll
  static void close() {
    COMPUTE.close();
  }

  @Test
  void anEpisodeBeginsWithItsFirstFrameSeveralTimes() {
    batch.append(segment(0, 1, 0, 2, SegmentEnd.CONTINUES), 0, 2);
    assertEquals(List.of("100 100 100", "100 100 101", "100 101 102"), rows());
  }

  @Test
  void aPieceLooksBackWithinItsSegment() {
    Segment segment = segment(0, 1, 0, 5, SegmentEnd.CONTINUES);
    batch.append(segment, 1, 1);
    batch.append(segment, 3, 2);
    assertEquals(
        List.of("100 100 101", "100 101 102", "101 102 103", "102 103 104", "103 104 105"), rows());
  }

  @Test
  void theNextSegmentOfAnEpisodeLooksBackIntoTheOneBefore() {
    earlier.add(segment(0, 1, 0, 4, SegmentEnd.CONTINUES));
    earlier.add(segment(1, 7, 0, 4, SegmentEnd.CONTINUES)); // another lane's
    batch.append(segment(0, 1, 4, 1, SegmentEnd.CONTINUES), 0, 1);
    assertEquals(List.of("102 103 104", "103 104 105"), rows());
  }

  @Test
  void severalShortSegmentsAreLookedThrough() {
    earlier.add(segment(0, 1, 0, 1, SegmentEnd.CONTINUES));
    earlier.add(segment(0, 1, 1, 1, SegmentEnd.CONTINUES));
    batch.append(segment(0, 1, 2, 1, SegmentEnd.CONTINUES), 0, 1);
    assertEquals(List.of("100 101 102", "101 102 103"), rows());
  }

  @Test
  void whereTheEarlierOnesWereNeverReadTheEarliestKnownStandsIn() {
    earlier.add(segment(0, 1, 0, 2, SegmentEnd.CONTINUES));
    // Steps 2 and 3 are lost.
    batch.append(segment(0, 1, 4, 2, SegmentEnd.CONTINUES), 0, 2);
    assertEquals(List.of("104 104 104", "104 104 105", "104 105 106"), rows());
    batch.clear();
    Segment inTheMiddle = segment(0, 1, 6, 1, SegmentEnd.CONTINUES);
    earlier.add(segment(0, 1, 5, 1, SegmentEnd.CONTINUES));
    batch.append(inTheMiddle, 0, 1);
    assertEquals(List.of("105 105 106", "105 106 107"), rows());
  }

  @Test
  void nothingIsSeenOfTheEpisodeBefore() {
    earlier.add(segment(0, 1, 0, 3, SegmentEnd.TERMINATED));
    batch.append(segment(0, 2, 0, 1, SegmentEnd.CONTINUES), 0, 1);
    assertEquals(List.of("200 200 200", "200 200 201"), rows());
  }

  private List<String> rows() {
    List<String> rows = new ArrayList<>();
    for (int row = 0; row < batch.rows(); row++) {
      rows.add(
          "%.0f %.0f %.0f"
              .formatted(
                  batch.observation(3 * row),
                  batch.observation(3 * row + 1),
                  batch.observation(3 * row + 2)));
    }
    return rows;
  }

  private static Segment segment(
      int lane, long episode, long firstStep, int length, SegmentEnd end) {
    ByteBuffer observations = bytes(4 * (length + 1));
    ByteBuffer numbers = bytes(4 * length);
    for (int i = 0; i <= length; i++) {
      observations.putFloat((float) (100 * episode + firstStep + i));
    }
    for (int i = 0; i < length; i++) {
      numbers.putFloat(0.5f);
    }
    numbers.flip();
    return new Segment(
        new LaneId("run", "actor", 1, lane),
        0,
        episode,
        firstStep,
        length,
        end,
        PolicyVersions.of(1),
        length,
        0,
        0,
        Column.of(ElementType.FLOAT32, new int[] {1}, length + 1, observations.flip()),
        Column.of(ElementType.UINT8, new int[0], length, bytes(length)),
        Column.of(ElementType.FLOAT32, new int[0], length, numbers),
        Column.of(ElementType.FLOAT32, new int[0], length, numbers));
  }

  private static ByteBuffer bytes(int size) {
    return ByteBuffer.allocate(size).order(ByteOrder.LITTLE_ENDIAN);
  }
}
