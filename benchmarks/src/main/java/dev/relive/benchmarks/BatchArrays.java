package dev.relive.benchmarks;

import dev.relive.agents.NetworkSpec;
import dev.relive.agents.TransitionBatch;
import dev.relive.environments.random.Generator;

/** A batch of random transitions in plain arrays, row-major; some of them are terminal. */
final class BatchArrays {
  private static final int TERMINAL_EVERY = 16;

  /** [B × observation size]. */
  final float[] observations;

  /** [B]. */
  final long[] actions;

  /** [B]. */
  final float[] rewards;

  /** [B], γ or 0. */
  final float[] discounts;

  /** [B × observation size]. */
  final float[] nextObservations;

  BatchArrays(int size, NetworkSpec network, double discount, Generator random) {
    observations = uniform(random, size * network.observationSize());
    nextObservations = uniform(random, size * network.observationSize());
    rewards = uniform(random, size);
    actions = new long[size];
    discounts = new float[size];
    for (int row = 0; row < size; row++) {
      actions[row] = random.integers(network.actionCount());
      discounts[row] = row % TERMINAL_EVERY == 0 ? 0 : (float) discount;
    }
  }

  /** Writes all rows to buffers of the same size. */
  void writeTo(TransitionBatch batch) {
    batch.observations().put(0, observations);
    batch.actions().put(0, actions);
    batch.rewards().put(0, rewards);
    batch.discounts().put(0, discounts);
    batch.nextObservations().put(0, nextObservations);
  }

  private static float[] uniform(Generator random, int length) {
    float[] values = new float[length];
    for (int i = 0; i < length; i++) {
      values[i] = (float) random.uniform(-1, 1);
    }
    return values;
  }
}
