package dev.relive.agents;

import dev.relive.environments.Discrete;
import dev.relive.environments.EnvironmentSpec;
import dev.relive.environments.Space;
import dev.relive.log.wire.Policy;
import dev.relive.log.wire.Preprocessing;
import dev.relive.log.wire.Snapshot;
import dev.relive.log.wire.Tensors;

/**
 * A network, its weights and what is done to its observations as they came from the log: undamaged,
 * and fit for an environment.
 *
 * @param weights the network's parameter vector
 * @param encoding what becomes of an observation before the network
 * @param normalisation the statistics that it is normalised by, where it is
 */
@SuppressWarnings("ArrayRecordComponent")
public record Model(
    NetworkSpec network,
    float[] weights,
    ObservationEncoding encoding,
    Normalisation normalisation) {

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
    NetworkSpec network = ModelMessages.network(message);
    ObservationEncoding encoding =
        PreprocessingMessages.encoding(preprocessing, EnvironmentMessages.message(environment));
    requireFit(network, encoding, environment);
    return new Model(
        network,
        ModelMessages.tensors(tensors).requireSpecs(network.tensors()).values(),
        encoding,
        PreprocessingMessages.normalisation(preprocessing, encoding));
  }

  private static void requireFit(
      NetworkSpec network, ObservationEncoding encoding, EnvironmentSpec environment) {
    Space actions = environment.actionSpace();
    if (network.observationSize() != encoding.size()
        || !(actions instanceof Discrete discrete)
        || discrete.start() != 0
        || network.actionCount() != discrete.count()) {
      throw new IllegalArgumentException(
          "A network from %d numbers to %d actions does not fit %s with the observations %s, of which become %d numbers, and the actions %s."
              .formatted(
                  network.observationSize(),
                  network.actionCount(),
                  environment.id(),
                  environment.observationSpace(),
                  encoding.size(),
                  actions));
    }
  }
}
