package dev.relive.learner;

import dev.relive.agents.NetworkSpec;
import dev.relive.agents.torch.Compute;
import dev.relive.environments.random.RunSeeds;
import dev.relive.log.wire.RunSpec;

/** A run's learning on PyTorch, made of the run's spec and seed. */
final class TorchLearning {
  private TorchLearning() {}

  /** Learning before its first update; what it computes with must outlive it. */
  static Learning open(RunSpec spec, LearnerSettings settings, Compute compute) {
    NetworkSpec network = settings.network(spec.getEnvironment());
    RunSeeds seeds = new RunSeeds(spec.getSeed());
    float[] parameters = network.initialParameters(seeds.initialisation());
    return settings instanceof ReplaySettings replay
        ? new ReplayLearning(
            replay,
            network.observationSize(),
            seeds.replay(),
            new DoubleDqnUpdates(compute, network, replay, parameters))
        : batchLearning((BatchSettings) settings, compute, network, parameters);
  }

  private static Learning batchLearning(
      BatchSettings settings, Compute compute, NetworkSpec network, float[] parameters) {
    return new BatchLearning(
        settings, new ActorCriticUpdates(compute, network, settings, parameters));
  }
}
