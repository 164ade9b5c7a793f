package dev.relive.learner;

import dev.relive.agents.ModelMessages;
import dev.relive.agents.NetworkSpec;
import dev.relive.agents.torch.Compute;
import dev.relive.environments.random.RunSeeds;
import dev.relive.log.wire.RunSpec;
import dev.relive.log.wire.Snapshot;
import org.jspecify.annotations.Nullable;

/** A run's learning on PyTorch, made of the run's spec and seed. */
final class TorchLearning {
  private TorchLearning() {}

  /**
   * Learning before its first update.
   *
   * @param compute must outlive it
   * @param source a snapshot whose weights and statistics it begins with, of the network that the
   *     settings say; null for weights that follow from the seed
   */
  static Learning open(
      RunSpec spec, LearnerSettings settings, Compute compute, @Nullable Snapshot source) {
    NetworkSpec network = settings.network(spec.getEnvironment());
    RunSeeds seeds = new RunSeeds(spec.getSeed());
    ObservationProcessing observations =
        new ObservationProcessing(settings.preprocessing().encoding(spec.getEnvironment()));
    float[] parameters;
    if (source == null) {
      parameters = network.initialParameters(seeds.initialisation());
    } else {
      parameters =
          ModelMessages.tensors(source.getWeights()).requireSpecs(network.tensors()).values();
      observations.use(source.getPreprocessing());
    }
    return settings instanceof ReplaySettings replay
        ? new ReplayLearning(
            replay,
            observations,
            seeds.replay(),
            new DoubleDqnUpdates(compute, network, replay, parameters))
        : batchLearning((BatchSettings) settings, observations, compute, network, parameters);
  }

  private static Learning batchLearning(
      BatchSettings settings,
      ObservationProcessing observations,
      Compute compute,
      NetworkSpec network,
      float[] parameters) {
    return new BatchLearning(
        settings,
        observations,
        new ActorCriticUpdates(compute, network, settings, observations, parameters));
  }
}
