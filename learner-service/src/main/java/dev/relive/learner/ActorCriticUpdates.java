package dev.relive.learner;

import dev.relive.agents.ActorCritic;
import dev.relive.agents.NetworkSpec;
import dev.relive.agents.Tensors;
import dev.relive.agents.TrajectoryBatch;
import dev.relive.agents.UpdateReport;
import dev.relive.agents.torch.Compute;
import dev.relive.log.Segment;

/** The updates of actor-critic, each with the trajectories gathered since the last. */
final class ActorCriticUpdates implements BatchUpdates {
  private final TrajectoryBatch batch;
  private final ActorCritic agent;

  /**
   * Updates before the first.
   *
   * @param observations what is done to observations as they are gathered
   */
  ActorCriticUpdates(
      Compute compute,
      NetworkSpec network,
      BatchSettings settings,
      ObservationProcessing observations,
      float[] initialParameters) {
    this.batch =
        new TrajectoryBatch(
            compute,
            settings.batchSize(),
            observations.encoder(),
            observations.earlier(),
            settings.preprocessing().rewards());
    this.agent = new ActorCritic(compute, network, settings.update(), initialParameters);
  }

  @Override
  public void gather(Segment segment, int from, int count) {
    batch.append(segment, from, count);
  }

  @Override
  public UpdateReport update() {
    UpdateReport report = agent.update(batch);
    batch.clear();
    return report;
  }

  @Override
  public long count() {
    return agent.updates();
  }

  @Override
  public Tensors weights() {
    return agent.weights();
  }

  @Override
  public Tensors state() {
    return agent.state();
  }

  @Override
  public void restore(Tensors state, long count) {
    agent.restore(state, count);
  }

  @Override
  public void close() {
    agent.close();
    batch.close();
  }
}
