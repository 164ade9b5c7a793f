package dev.relive.agents;

import dev.relive.environments.random.Generator;
import dev.relive.log.Column;
import dev.relive.log.ElementType;
import dev.relive.log.LaneId;
import dev.relive.log.PolicyVersions;
import dev.relive.log.Segment;
import dev.relive.log.SegmentEnd;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;

/**
 * A piece of a trajectory in plain arrays.
 *
 * @param observations one more than there are steps
 */
@SuppressWarnings("ArrayRecordComponent") // never compared
record PlainTrajectory(
    float[][] observations,
    int[] actions,
    float[] rewards,
    float[] probabilities,
    boolean terminated) {

  static PlainTrajectory random(
      int length, int observationSize, int actionCount, Generator random) {
    PlainTrajectory piece =
        new PlainTrajectory(
            new float[length + 1][observationSize],
            new int[length],
            new float[length],
            new float[length],
            random.random() < 0.5);
    for (float[] observation : piece.observations) {
      for (int i = 0; i < observationSize; i++) {
        observation[i] = (float) random.uniform(-2, 2);
      }
    }
    for (int t = 0; t < length; t++) {
      piece.actions[t] = random.integers(actionCount);
      piece.rewards[t] = (float) random.uniform(-1, 1);
      piece.probabilities[t] = (float) random.uniform(0.1, 1);
    }
    return piece;
  }

  int length() {
    return actions.length;
  }

  /** The piece as a whole segment of the log. */
  Segment segment() {
    return segment(terminated ? SegmentEnd.TERMINATED : SegmentEnd.CONTINUES, true);
  }

  /** The piece as a segment with another end, and with its probabilities or without. */
  Segment segment(SegmentEnd end, boolean stochastic) {
    return new Segment(
        new LaneId("run", "actor", 1, 0),
        0,
        0,
        0,
        length(),
        end,
        PolicyVersions.of(1),
        length(),
        0,
        0,
        observationColumn(),
        actionColumn(),
        column(rewards),
        stochastic ? column(probabilities) : null);
  }

  private Column observationColumn() {
    int size = observations[0].length;
    ByteBuffer bytes = bytes(observations.length * size * Float.BYTES);
    for (float[] observation : observations) {
      for (float number : observation) {
        bytes.putFloat(number);
      }
    }
    return Column.of(ElementType.FLOAT32, new int[] {size}, observations.length, bytes.flip());
  }

  private Column actionColumn() {
    ByteBuffer bytes = bytes(actions.length);
    for (int action : actions) {
      bytes.put((byte) action);
    }
    return Column.of(ElementType.UINT8, new int[0], actions.length, bytes.flip());
  }

  private static Column column(float[] numbers) {
    ByteBuffer bytes = bytes(numbers.length * Float.BYTES);
    for (float number : numbers) {
      bytes.putFloat(number);
    }
    return Column.of(ElementType.FLOAT32, new int[0], numbers.length, bytes.flip());
  }

  private static ByteBuffer bytes(int size) {
    return ByteBuffer.allocate(size).order(ByteOrder.LITTLE_ENDIAN);
  }
}
