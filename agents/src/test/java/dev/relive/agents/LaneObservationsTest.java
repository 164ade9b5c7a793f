package dev.relive.agents;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertSame;

import java.util.List;
import org.junit.jupiter.api.Test;

class LaneObservationsTest {

  /** Two lanes of one number; a frame is the number, the oldest frame first. */
  @Test
  void framesAreThoseOfTheEpisode() {
    LaneObservations lanes =
        new LaneObservations(new ObservationEncoding(List.of(0), List.of(0), 3, false), 2);
    assertArrayEquals(new float[] {1, 1, 1, 10, 10, 10}, of(lanes, -1, 1, 10));
    assertArrayEquals(new float[] {1, 1, 2, 10, 10, 20}, of(lanes, -1, 2, 20));
    assertArrayEquals(new float[] {1, 2, 3, 30, 30, 30}, of(lanes, 1, 3, 30));
    assertArrayEquals(new float[] {2, 3, 4, 30, 30, 40}, of(lanes, -1, 4, 40));
    lanes.begin();
    assertArrayEquals(new float[] {5, 5, 5, 50, 50, 50}, of(lanes, -1, 5, 50));
  }

  @Test
  void newStatisticsHoldForFramesThatCameBefore() {
    LaneObservations lanes =
        new LaneObservations(new ObservationEncoding(List.of(0), List.of(0), 2, true), 1);
    assertArrayEquals(new float[] {4, 4}, of(lanes, -1, 4));
    lanes.use(new Normalisation(new float[] {2}, new float[] {2}));
    assertArrayEquals(new float[] {1, 3}, of(lanes, -1, 8));
  }

  @Test
  void framesOfCategoriesLieOneBehindTheOther() {
    LaneObservations lanes =
        new LaneObservations(new ObservationEncoding(List.of(2), List.of(0), 2, false), 1);
    assertArrayEquals(new float[] {0, 1, 0, 1}, of(lanes, -1, 1).clone());
    assertArrayEquals(new float[] {0, 1, 1, 0}, of(lanes, -1, 0));
  }

  @Test
  void nothingIsCopiedWhereNothingIsToBeDone() {
    float[] observations = new float[6];
    LaneObservations lanes = new LaneObservations(ObservationEncoding.none(3), 2);
    assertSame(observations, lanes.of(observations, lane -> false));
  }

  private static float[] of(LaneObservations lanes, int beginning, float... observations) {
    return lanes.of(observations, lane -> lane == beginning);
  }
}
