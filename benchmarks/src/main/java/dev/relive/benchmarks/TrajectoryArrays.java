package dev.relive.benchmarks;

import dev.relive.agents.NetworkSpec;
import dev.relive.agents.TrajectoryBatch;
import dev.relive.environments.random.Generator;
import dev.relive.log.Column;
import dev.relive.log.ElementType;
import dev.relive.log.LaneId;
import dev.relive.log.PolicyVersions;
import dev.relive.log.Segment;
import dev.relive.log.SegmentEnd;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;

/** Random trajectories of the same length in plain arrays, row-major; every fourth terminates. */
final class TrajectoryArrays {
  private static final int TERMINATED_EVERY = 4;

  final int pieces;
  final int length;
  final int observationSize;

  /** [pieces × length × observation size]: before each step. */
  final float[] observations;

  /** [pieces × observation size]: after each piece's last step. */
  final float[] lastObservations;

  /** [pieces × length]. */
  final long[] actions;

  /** [pieces × length]. */
  final float[] rewards;

  TrajectoryArrays(int pieces, int length, NetworkSpec network, Generator random) {
    this.pieces = pieces;
    this.length = length;
    observationSize = network.observationSize();
    observations = uniform(random, pieces * length * observationSize);
    lastObservations = uniform(random, pieces * observationSize);
    rewards = uniform(random, pieces * length);
    actions = new long[pieces * length];
    for (int step = 0; step < actions.length; step++) {
      actions[step] = random.integers(network.actionCount());
    }
  }

  boolean terminated(int piece) {
    return piece % TERMINATED_EVERY == 0;
  }

  /** Fills a batch with all pieces; their actions' probabilities are told as 1. */
  void writeTo(TrajectoryBatch batch) {
    batch.clear();
    for (int piece = 0; piece < pieces; piece++) {
      batch.append(segment(piece), 0, length);
    }
  }

  private Segment segment(int piece) {
    ByteBuffer observed = bytes((length + 1) * observationSize * Float.BYTES);
    put(observations, piece * length * observationSize, length * observationSize, observed);
    put(lastObservations, piece * observationSize, observationSize, observed);
    ByteBuffer chosen = bytes(length);
    ByteBuffer rewarded = bytes(length * Float.BYTES);
    ByteBuffer probabilities = bytes(length * Float.BYTES);
    put(rewards, piece * length, length, rewarded);
    for (int step = 0; step < length; step++) {
      chosen.put((byte) actions[piece * length + step]);
      probabilities.putFloat(1);
    }
    return new Segment(
        new LaneId(BenchmarkRun.ID, SegmentSupply.ACTOR, 1, piece),
        piece,
        0,
        0,
        length,
        terminated(piece) ? SegmentEnd.TERMINATED : SegmentEnd.CONTINUES,
        PolicyVersions.of(1),
        length,
        0,
        0,
        column(ElementType.FLOAT32, length + 1, observed, observationSize),
        column(ElementType.UINT8, length, chosen),
        column(ElementType.FLOAT32, length, rewarded),
        column(ElementType.FLOAT32, length, probabilities));
  }

  private static Column column(ElementType type, int rows, ByteBuffer bytes, int... shape) {
    return Column.of(type, shape, rows, bytes.flip());
  }

  private static ByteBuffer bytes(int size) {
    return ByteBuffer.allocate(size).order(ByteOrder.LITTLE_ENDIAN);
  }

  private static void put(float[] values, int from, int count, ByteBuffer target) {
    for (int i = from; i < from + count; i++) {
      target.putFloat(values[i]);
    }
  }

  private static float[] uniform(Generator random, int length) {
    float[] values = new float[length];
    for (int i = 0; i < length; i++) {
      values[i] = (float) random.uniform(-1, 1);
    }
    return values;
  }
}
