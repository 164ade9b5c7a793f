package dev.relive.learner;

import dev.relive.agents.TensorSpec;
import dev.relive.agents.Tensors;
import dev.relive.agents.UpdateReport;
import dev.relive.agents.ValueReport;
import dev.relive.environments.random.Generator;
import dev.relive.log.Segment;
import java.util.ArrayList;
import java.util.List;

/**
 * Updates that compute nothing: the one weight is how many there were, and it is kept which
 * transitions, by their rewards, each batch was made of.
 */
final class CountingUpdates implements ReplayUpdates, BatchUpdates {
  final List<List<Float>> batches = new ArrayList<>();
  private List<Float> gathered = new ArrayList<>();
  private long count;

  @Override
  public UpdateReport update(ReplayBuffer replay, Generator random) {
    return updated();
  }

  @Override
  public void gather(Segment segment, int from, int steps) {
    float[] rewards = new float[steps];
    segment.rewards().copyRows(from, steps, rewards, 0);
    for (float reward : rewards) {
      gathered.add(reward);
    }
  }

  @Override
  public UpdateReport update() {
    batches.add(gathered);
    gathered = new ArrayList<>();
    return updated();
  }

  private UpdateReport updated() {
    count++;
    return new ValueReport(0, 0, 0, 0);
  }

  @Override
  public long count() {
    return count;
  }

  @Override
  public Tensors weights() {
    return Tensors.of(List.of(new TensorSpec("count", List.of(1))), new float[] {count});
  }

  @Override
  public Tensors state() {
    return weights();
  }

  @Override
  public void restore(Tensors state, long updates) {
    count = updates;
  }

  @Override
  public void close() {}
}
