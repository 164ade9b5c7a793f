package dev.relive.learner;

import dev.relive.agents.TensorSpec;
import dev.relive.agents.Tensors;
import dev.relive.agents.TransitionBatch;
import dev.relive.agents.UpdateReport;
import dev.relive.agents.ValueReport;
import dev.relive.environments.random.Generator;
import dev.relive.log.Column;
import dev.relive.log.Segment;
import java.util.List;

/**
 * Updates whose weights are a hash of everything that was ever learned from, in its order. So two
 * learners have the same weights only if they have learned the same.
 */
final class HashUpdates implements ReplayUpdates, BatchUpdates {
  private static final long PRIME = 0x100000001b3L;
  private static final int WORDS = 4;
  private static final int WORD_BITS = 16;
  private static final List<TensorSpec> SPECS = List.of(new TensorSpec("hash", List.of(WORDS)));

  private final TransitionBatch batch;
  private final double discount;
  private final int returnSteps;
  private final SimulatedLearner.Gathering listener;
  private long hash;
  private long gathered;
  private long count;

  /**
   * @param batch what replays are sampled into
   */
  HashUpdates(
      TransitionBatch batch,
      double discount,
      int returnSteps,
      SimulatedLearner.Gathering listener) {
    this.batch = batch;
    this.discount = discount;
    this.returnSteps = returnSteps;
    this.listener = listener;
  }

  @Override
  public UpdateReport update(ReplayBuffer replay, Generator random) {
    replay.sample(random, batch, discount, returnSteps);
    for (int i = 0; i < batch.observations().capacity(); i++) {
      add(Float.floatToRawIntBits(batch.observations().get(i)));
      add(Float.floatToRawIntBits(batch.nextObservations().get(i)));
    }
    for (int i = 0; i < batch.size(); i++) {
      add(Float.floatToRawIntBits(batch.rewards().get(i)));
      add(Float.floatToRawIntBits(batch.discounts().get(i)));
    }
    return updated();
  }

  @Override
  public void gather(Segment segment, int from, int steps) {
    Column observations = segment.observations();
    float[] rows = new float[(steps + 1) * observations.rowElements()];
    observations.copyRows(from, steps + 1, rows, 0);
    for (float element : rows) {
      gathered = (gathered ^ Float.floatToRawIntBits(element)) * PRIME;
    }
    listener.gathered(segment, from, steps);
  }

  @Override
  public UpdateReport update() {
    add(gathered);
    gathered = 0;
    return updated();
  }

  private UpdateReport updated() {
    count++;
    add(count);
    return new ValueReport(0, 0, 0, 0);
  }

  private void add(long value) {
    hash = (hash ^ value) * PRIME;
  }

  @Override
  public long count() {
    return count;
  }

  @Override
  public Tensors weights() {
    float[] words = new float[WORDS];
    for (int word = 0; word < WORDS; word++) {
      words[word] = (hash >>> (word * WORD_BITS)) & 0xffff;
    }
    return Tensors.of(SPECS, words);
  }

  @Override
  public Tensors state() {
    return weights();
  }

  @Override
  public void restore(Tensors state, long updates) {
    hash = 0;
    for (int word = 0; word < WORDS; word++) {
      hash |= (long) state.values()[word] << (word * WORD_BITS);
    }
    count = updates;
  }

  long hash() {
    return hash;
  }

  @Override
  public void close() {}
}
