package dev.relive.learner;

import dev.relive.agents.NetworkSpec;
import dev.relive.agents.Tensors;
import dev.relive.agents.torch.Compute;
import dev.relive.agents.torch.DeviceChoice;
import dev.relive.environments.random.RunSeeds;
import dev.relive.log.wire.RunSpec;

/** A run's learning with what it computes with, made of the run's spec and seed. */
final class TorchLearning implements AutoCloseable {
  private final Compute compute;
  private final Learning learning;

  private TorchLearning(Compute compute, Learning learning) {
    this.compute = compute;
    this.learning = learning;
  }

  /** Learning before its first update. */
  static TorchLearning open(RunSpec spec, LearnerSettings settings, DeviceChoice device) {
    NetworkSpec network = settings.network(spec.getEnvironment());
    RunSeeds seeds = new RunSeeds(spec.getSeed());
    return open(
        settings, network, seeds, device, network.initialParameters(seeds.initialisation()));
  }

  /**
   * Learning before its first update.
   *
   * @param weights those that it begins with, of the network that the settings say
   */
  static TorchLearning open(
      RunSpec spec, LearnerSettings settings, DeviceChoice device, Tensors weights) {
    NetworkSpec network = settings.network(spec.getEnvironment());
    float[] parameters = weights.requireSpecs(network.tensors()).values();
    return open(settings, network, new RunSeeds(spec.getSeed()), device, parameters);
  }

  private static TorchLearning open(
      LearnerSettings settings,
      NetworkSpec network,
      RunSeeds seeds,
      DeviceChoice device,
      float[] parameters) {
    Compute compute = Compute.open(device);
    return new TorchLearning(
        compute,
        settings instanceof ReplaySettings replay
            ? new ReplayLearning(
                replay,
                network.observationSize(),
                seeds.replay(),
                new DoubleDqnUpdates(compute, network, replay, parameters))
            : batchLearning((BatchSettings) settings, compute, network, parameters));
  }

  private static Learning batchLearning(
      BatchSettings settings, Compute compute, NetworkSpec network, float[] parameters) {
    return new BatchLearning(
        settings, new ActorCriticUpdates(compute, network, settings, parameters));
  }

  Learning learning() {
    return learning;
  }

  /** What the updates run on. */
  String device() {
    return compute.device();
  }

  @Override
  public void close() {
    learning.close();
    compute.close();
  }
}
