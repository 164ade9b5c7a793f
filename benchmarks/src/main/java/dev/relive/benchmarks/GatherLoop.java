package dev.relive.benchmarks;

import dev.relive.agents.TransitionBatch;
import dev.relive.environments.random.Generator;
import dev.relive.log.Segment;
import java.nio.FloatBuffer;
import java.nio.LongBuffer;

/**
 * The limit of sampling: random rows of arrays laid out as the replay buffer's, copied into a
 * batch's direct buffers, without looking where episodes end.
 */
final class GatherLoop {
  private final int observationSize;
  private final int rows;
  private final float[] observations;
  private final int[] actions;
  private final float[] rewards;

  GatherLoop(int capacity, int observationSize, SegmentSupply supply) {
    this.observationSize = observationSize;
    observations = new float[capacity * observationSize];
    actions = new int[capacity];
    rewards = new float[capacity];
    int filled = 0;
    while (filled + SegmentSupply.LENGTH < capacity) {
      Segment segment = supply.next();
      int length = segment.length();
      segment.observations().copyRows(0, length + 1, observations, filled * observationSize);
      segment.actions().copyRows(0, length, actions, filled);
      segment.rewards().copyRows(0, length, rewards, filled);
      filled += length;
    }
    rows = filled;
  }

  /** Fills the batch with transitions drawn uniformly. */
  void gather(Generator random, TransitionBatch batch, float discount) {
    FloatBuffer batchObservations = batch.observations();
    FloatBuffer nextObservations = batch.nextObservations();
    LongBuffer batchActions = batch.actions();
    FloatBuffer batchRewards = batch.rewards();
    FloatBuffer discounts = batch.discounts();
    int size = observationSize;
    for (int row = 0; row < batch.size(); row++) {
      int index = random.integers(rows);
      batchObservations.put(row * size, observations, index * size, size);
      nextObservations.put(row * size, observations, (index + 1) * size, size);
      batchActions.put(row, actions[index]);
      batchRewards.put(row, rewards[index]);
      discounts.put(row, discount);
    }
  }
}
