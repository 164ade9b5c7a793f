package dev.relive.agents;

import dev.relive.environments.Discrete;
import dev.relive.environments.EnvironmentSpec;
import dev.relive.environments.Space;
import dev.relive.log.wire.Policy;
import dev.relive.log.wire.Preprocessing;
import dev.relive.log.wire.Snapshot;
import dev.relive.log.wire.Tensors;

/**
 * A network and its weights as they came from the log: undamaged, and fit for an environment.
 *
 * @param weights the network's parameter vector
 */
@SuppressWarnings("ArrayRecordComponent")
public record Model(NetworkSpec network, float[] weights) {

  /**
   * The model of a policy.
   *
   * @throws IllegalArgumentException when it is damaged, unknown or for another environment
   */
  public static Model of(Policy policy, EnvironmentSpec environment) {
    return of(policy.getNetwork(), policy.getWeights(), policy.getPreprocessing(), environment);
  }

  /**
   * The model of a snapshot.
   *
   * @throws IllegalArgumentException when it is damaged, unknown or for another environment
   */
  public static Model of(Snapshot snapshot, EnvironmentSpec environment) {
    return of(
        snapshot.getNetwork(), snapshot.getWeights(), snapshot.getPreprocessing(), environment);
  }

  private static Model of(
      dev.relive.log.wire.NetworkSpec message,
      Tensors tensors,
      Preprocessing preprocessing,
      EnvironmentSpec environment) {
    if (preprocessing.getSettingsCount() > 0) {
      throw new IllegalArgumentException(
          "The preprocessing %s is unknown; known is none."
              .formatted(preprocessing.getSettings(0).getName()));
    }
    NetworkSpec network = ModelMessages.network(message);
    requireFit(network, environment);
    return new Model(
        network, ModelMessages.tensors(tensors).requireSpecs(network.tensors()).values());
  }

  private static void requireFit(NetworkSpec network, EnvironmentSpec environment) {
    Space observations = environment.observationSpace();
    Space actions = environment.actionSpace();
    if (network.observationSize() != observations.size()
        || !(actions instanceof Discrete discrete)
        || discrete.start() != 0
        || network.actionCount() != discrete.count()) {
      throw new IllegalArgumentException(
          "A network from %d numbers to %d actions does not fit %s with the observations %s and the actions %s."
              .formatted(
                  network.observationSize(),
                  network.actionCount(),
                  environment.id(),
                  observations,
                  actions));
    }
  }
}
