package dev.relive.benchmarks;

import dev.relive.environments.Environments;
import dev.relive.environments.VectorEnvironment;
import dev.relive.environments.random.Generator;
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

/**
 * Full segments of CartPole-v1 as a producer of eight lanes would write them, as fast as they are
 * asked for: the columns are made beforehand and used again and again, and numbering goes on.
 */
final class SegmentSupply {
  static final int LENGTH = 128;
  static final int OBSERVATION_SIZE = 4;
  static final String ACTOR = "producer-0";

  private static final int LANES = 8;
  private static final int COLUMN_SETS = 1024;
  private static final float GREEDY_PROBABILITY = 0.98f;
  private static final double EXPLORATION = 0.04;
  private static final PolicyVersions VERSION = PolicyVersions.of(1);

  /** The columns of one segment. */
  private record Columns(Column observations, Column actions, Column rewards, Column behaviour) {}

  private final List<Columns> columns = new ArrayList<>(COLUMN_SETS);
  private final LaneId[] lanes = new LaneId[LANES];
  private long sequence;

  /**
   * @param epoch of the actor that the segments name
   */
  SegmentSupply(long epoch) {
    for (int lane = 0; lane < LANES; lane++) {
      lanes[lane] = new LaneId(BenchmarkRun.ID, ACTOR, epoch, lane);
    }
    balance();
  }

  /** The next segment: each lane in turn goes on with an episode that never ends. */
  Segment next() {
    Columns data = columns.get((int) (sequence % COLUMN_SETS));
    long inLane = sequence / LANES;
    Segment segment =
        new Segment(
            lanes[(int) (sequence % LANES)],
            sequence,
            0,
            inLane * LENGTH,
            LENGTH,
            SegmentEnd.CONTINUES,
            VERSION,
            (sequence + 1) * LENGTH,
            inLane * LENGTH,
            (inLane + 1) * LENGTH,
            data.observations(),
            data.actions(),
            data.rewards(),
            data.behaviour());
    sequence++;
    return segment;
  }

  /** Plays CartPole by a rule that keeps the pole up, with some exploration. */
  private void balance() {
    Generator random = Generator.seeded(0);
    try (VectorEnvironment environment = Environments.vector(BenchmarkRun.ENVIRONMENT, LANES)) {
      environment.reset(0);
      while (columns.size() < COLUMN_SETS) {
        record(environment, random);
      }
    }
  }

  private void record(VectorEnvironment environment, Generator random) {
    ByteBuffer[] observations = buffers((LENGTH + 1) * OBSERVATION_SIZE * Float.BYTES);
    ByteBuffer[] actionBytes = buffers(LENGTH);
    ByteBuffer[] rewards = buffers(LENGTH * Float.BYTES);
    ByteBuffer[] behaviour = buffers(LENGTH * Float.BYTES);
    int[] actions = new int[LANES];
    for (int step = 0; step < LENGTH; step++) {
      float[] rows = environment.observations();
      for (int lane = 0; lane < LANES; lane++) {
        put(rows, lane, observations[lane]);
        int greedy =
            rows[lane * 4 + 2] + rows[lane * 4 + 3] + 0.1f * rows[lane * 4 + 1] > 0 ? 1 : 0;
        boolean explores = random.random() < EXPLORATION / 2;
        actions[lane] = explores ? 1 - greedy : greedy;
        actionBytes[lane].put((byte) actions[lane]);
        behaviour[lane].putFloat(explores ? 1 - GREEDY_PROBABILITY : GREEDY_PROBABILITY);
      }
      environment.step(actions);
      for (int lane = 0; lane < LANES; lane++) {
        rewards[lane].putFloat((float) environment.rewards()[lane]);
      }
    }
    for (int lane = 0; lane < LANES; lane++) {
      put(environment.observations(), lane, observations[lane]);
      columns.add(
          new Columns(
              Column.of(
                  ElementType.FLOAT32,
                  new int[] {OBSERVATION_SIZE},
                  LENGTH + 1,
                  observations[lane].flip()),
              Column.of(ElementType.UINT8, new int[0], LENGTH, actionBytes[lane].flip()),
              Column.of(ElementType.FLOAT32, new int[0], LENGTH, rewards[lane].flip()),
              Column.of(ElementType.FLOAT32, new int[0], LENGTH, behaviour[lane].flip())));
    }
  }

  private static void put(float[] rows, int lane, ByteBuffer target) {
    for (int i = 0; i < OBSERVATION_SIZE; i++) {
      target.putFloat(rows[lane * OBSERVATION_SIZE + i]);
    }
  }

  private static ByteBuffer[] buffers(int bytes) {
    ByteBuffer[] buffers = new ByteBuffer[LANES];
    for (int lane = 0; lane < LANES; lane++) {
      buffers[lane] = ByteBuffer.allocate(bytes).order(ByteOrder.LITTLE_ENDIAN);
    }
    return buffers;
  }
}
