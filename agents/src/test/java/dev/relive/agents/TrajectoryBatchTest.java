package dev.relive.agents;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.relive.agents.torch.Compute;
import dev.relive.agents.torch.DeviceChoice;
import dev.relive.environments.random.Generator;
import dev.relive.log.Segment;
import dev.relive.log.SegmentEnd;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class TrajectoryBatchTest {
  private static final Compute COMPUTE = Compute.open(DeviceChoice.CPU);

  private static final NetworkSpec NETWORK =
      new NetworkSpec(2, List.of(5), 3, Heads.POLICY_AND_VALUE, Activation.TANH);

  @AfterAll
  static void close() {
    COMPUTE.close();
  }

  @Test
  void countsStepsAndRows() {
    Segment ten = PlainTrajectory.random(10, 2, 3, Generator.seeded(1)).segment();
    try (TrajectoryBatch batch = new TrajectoryBatch(COMPUTE, 12, 2)) {
      batch.append(ten, 0, 10);
      assertEquals(12, batch.steps());
      assertEquals(10, batch.size());
      assertEquals(11, batch.rows());
      assertFalse(batch.isFull());
      batch.append(ten, 3, 2);
      assertEquals(12, batch.size());
      assertEquals(14, batch.rows());
      assertTrue(batch.isFull());
      batch.clear();
      assertEquals(0, batch.size());
      assertFalse(batch.isFull());
    }
  }

  /** Every step may be a piece of its own. */
  @Test
  void holdsItsStepsHoweverShortThePieces() {
    Segment one = PlainTrajectory.random(1, 2, 3, Generator.seeded(1)).segment();
    try (TrajectoryBatch batch = new TrajectoryBatch(COMPUTE, 50, 2)) {
      for (int i = 0; i < 50; i++) {
        batch.append(one, 0, 1);
      }
      assertTrue(batch.isFull());
      assertEquals(100, batch.rows());
    }
  }

  @ParameterizedTest
  @CsvSource({"1, 0", "2, 1", "3, 2", "4, 2", "5, 3", "8, 3", "9, 4", "128, 7"})
  void doublesUntilTheLongestPieceIsReached(int length, int doublings) {
    Generator random = Generator.seeded(1);
    try (TrajectoryBatch batch = new TrajectoryBatch(COMPUTE, 129, 2)) {
      batch.append(PlainTrajectory.random(length, 2, 3, random).segment(), 0, length);
      batch.append(PlainTrajectory.random(1, 2, 3, random).segment(), 0, 1);
      assertEquals(doublings, batch.doublings());
    }
  }

  /** A piece cut from the middle of a segment is the same as a segment that is only that. */
  @Test
  void aPartOfASegmentIsAPieceOfItsOwn() {
    PlainTrajectory whole = PlainTrajectory.random(9, 2, 3, Generator.seeded(4));
    PlainTrajectory part =
        new PlainTrajectory(
            rows(whole.observations(), 2, 6),
            new int[] {whole.actions()[2], whole.actions()[3], whole.actions()[4]},
            new float[] {whole.rewards()[2], whole.rewards()[3], whole.rewards()[4]},
            new float[] {
              whole.probabilities()[2], whole.probabilities()[3], whole.probabilities()[4]
            },
            false);
    assertArrayEquals(stateAfter(part.segment(), 0, 3), stateAfter(whole.segment(), 2, 3));
  }

  /**
   * Only what terminated is worth nothing at its end, and only where the piece includes the end.
   */
  @Test
  void bootstrapsWhereTheEpisodeDidNotTerminate() {
    PlainTrajectory random = PlainTrajectory.random(4, 2, 3, Generator.seeded(4));
    Segment terminated = with(random, SegmentEnd.TERMINATED);
    float[] bootstrapped = stateAfter(with(random, SegmentEnd.CONTINUES), 0, 4);
    assertArrayEquals(bootstrapped, stateAfter(with(random, SegmentEnd.TRUNCATED), 0, 4));
    assertArrayEquals(bootstrapped, stateAfter(with(random, SegmentEnd.ABANDONED), 0, 4));
    assertFalse(Arrays.equals(bootstrapped, stateAfter(terminated, 0, 4)));
    assertArrayEquals(
        stateAfter(with(random, SegmentEnd.CONTINUES), 0, 3), stateAfter(terminated, 0, 3));
  }

  @Test
  void refusesASegmentWithoutProbabilities() {
    PlainTrajectory piece = PlainTrajectory.random(4, 2, 3, Generator.seeded(4));
    Segment silent = piece.segment(SegmentEnd.CONTINUES, false);
    try (TrajectoryBatch batch = new TrajectoryBatch(COMPUTE, 4, 2)) {
      Exception e = assertThrows(IllegalArgumentException.class, () -> batch.append(silent, 0, 4));
      assertEquals(
          "Segment 0 of run/actor@1/0 does not say how likely its actions were, which an"
              + " actor-critic needs: its policy was deterministic.",
          e.getMessage());
      assertEquals(0, batch.size());
    }
  }

  @Test
  void refusesMoreThanFits() {
    Segment segment = PlainTrajectory.random(4, 2, 3, Generator.seeded(4)).segment();
    try (TrajectoryBatch batch = new TrajectoryBatch(COMPUTE, 5, 2)) {
      batch.append(segment, 0, 4);
      Exception e = assertThrows(IllegalArgumentException.class, () -> batch.append(segment, 0, 2));
      assertEquals(
          "A piece of 2 steps cannot be appended to a batch with room for 1.", e.getMessage());
      assertThrows(IllegalArgumentException.class, () -> batch.append(segment, 0, 0));
      assertThrows(IndexOutOfBoundsException.class, () -> batch.append(segment, 4, 1));
    }
  }

  private static Segment with(PlainTrajectory piece, SegmentEnd end) {
    return piece.segment(end, true);
  }

  private static float[][] rows(float[][] rows, int from, int to) {
    return Arrays.copyOfRange(rows, from, to);
  }

  /** What a learner has become after one update on a part of a segment. */
  private static float[] stateAfter(Segment segment, int from, int count) {
    try (TrajectoryBatch batch = new TrajectoryBatch(COMPUTE, 16, 2);
        ActorCritic learner =
            new ActorCritic(
                COMPUTE,
                NETWORK,
                ActorCriticSettings.DEFAULTS,
                NETWORK.initialParameters(Generator.seeded(1)))) {
      batch.append(segment, from, count);
      learner.update(batch);
      return learner.state().values();
    }
  }
}
