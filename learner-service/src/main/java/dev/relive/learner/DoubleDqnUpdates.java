package dev.relive.learner;

import dev.relive.agents.DoubleDqn;
import dev.relive.agents.NetworkSpec;
import dev.relive.agents.Tensors;
import dev.relive.agents.TransitionBatch;
import dev.relive.agents.UpdateReport;
import dev.relive.agents.torch.Compute;
import dev.relive.environments.random.Generator;

/** The updates of double DQN, each with a batch drawn from the replay. */
final class DoubleDqnUpdates implements ReplayUpdates {
  private final ReplaySettings settings;
  private final TransitionBatch batch;
  private final DoubleDqn agent;

  DoubleDqnUpdates(
      Compute compute, NetworkSpec network, ReplaySettings settings, float[] initialParameters) {
    this.settings = settings;
    this.batch = new TransitionBatch(compute, settings.batchSize(), network.observationSize());
    this.agent = new DoubleDqn(compute, network, settings.update(), initialParameters);
  }

  @Override
  public UpdateReport update(ReplayBuffer replay, Generator random) {
    replay.sample(random, batch, settings.discount(), settings.returnSteps());
    return agent.update(batch);
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
