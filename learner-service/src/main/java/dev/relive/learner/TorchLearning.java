package dev.relive.learner;

import dev.relive.agents.NetworkSpec;
import dev.relive.agents.Tensors;
import dev.relive.agents.torch.Compute;
import dev.relive.environments.random.RunSeeds;
import dev.relive.log.wire.RunSpec;
import org.jspecify.annotations.Nullable;

/** A run's learning on PyTorch, made of the run's spec and seed. */
final class TorchLearning {
  private TorchLearning() {}

  /**
   * Learning before its first update.
   *
   * @param compute must outlive it
   * @param weights those that it begins with, of the network that the settings say; null for those
   *     that follow from the seed
   */
  static Learning open(
      RunSpec spec, LearnerSettings settings, Compute compute, @Nullable Tensors weights) {
    NetworkSpec network = settings.network(spec.getEnvironment());
    RunSeeds seeds = new RunSeeds(spec.getSeed());
    float[] parameters =
        weights == null
            ? network.initialParameters(seeds.initialisation())
            : weights.requireSpecs(network.tensors()).values();
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
