package dev.relive.agents;

import dev.relive.environments.random.Generator;

/** Transitions in plain arrays. */
@SuppressWarnings("ArrayRecordComponent") // never compared
record PlainBatch(
    float[] observations,
    int[] actions,
    float[] rewards,
    float[] discounts,
    float[] nextObservations) {

  static PlainBatch random(int size, int observationSize, int actionCount, Generator random) {
    PlainBatch batch =
        new PlainBatch(
            new float[size * observationSize],
            new int[size],
            new float[size],
            new float[size],
            new float[size * observationSize]);
    for (int i = 0; i < size * observationSize; i++) {
      batch.observations[i] = (float) random.uniform(-2, 2);
      batch.nextObservations[i] = (float) random.uniform(-2, 2);
    }
    for (int b = 0; b < size; b++) {
      batch.actions[b] = random.integers(actionCount);
      batch.rewards[b] = (float) random.uniform(-3, 3);
      batch.discounts[b] = random.random() < 0.2 ? 0 : 0.99f;
    }
    return batch;
  }

  int size() {
    return actions.length;
  }

  float[] observation(int b) {
    return PlainNetwork.row(observations, b, observations.length / size());
  }

  float[] nextObservation(int b) {
    return PlainNetwork.row(nextObservations, b, nextObservations.length / size());
  }

  void writeTo(TransitionBatch batch) {
    batch.observations().put(0, observations);
    batch.nextObservations().put(0, nextObservations);
    batch.rewards().put(0, rewards);
    batch.discounts().put(0, discounts);
    for (int b = 0; b < size(); b++) {
      batch.actions().put(b, actions[b]);
    }
  }
}
