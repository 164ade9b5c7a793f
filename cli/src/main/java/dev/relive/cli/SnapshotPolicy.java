package dev.relive.cli;

import dev.relive.agents.ActingPolicy;
import dev.relive.agents.LaneObservations;
import dev.relive.agents.Model;
import dev.relive.agents.torch.Compute;
import dev.relive.agents.torch.DeviceChoice;
import dev.relive.environments.EnvironmentSpec;
import dev.relive.log.wire.Snapshot;
import dev.relive.service.UserException;

/** Does what a snapshot's network prefers. */
final class SnapshotPolicy implements PlayPolicy {

  private final String name;
  private final Compute compute;
  private final ActingPolicy network;
  private final LaneObservations observations;

  private SnapshotPolicy(String name, Compute compute, Model model) {
    this.name = name;
    this.compute = compute;
    network = ActingPolicy.of(compute, model.network(), 1);
    network.load(model.weights());
    observations = new LaneObservations(model.encoding(), 1);
    observations.use(model.normalisation());
  }

  /**
   * The policy of a snapshot.
   *
   * @throws UserException if it is damaged or for another environment, or PyTorch does not start
   */
  static SnapshotPolicy of(Snapshot snapshot, EnvironmentSpec environment) {
    String name = "version %d of run %s".formatted(snapshot.getVersion(), snapshot.getRun());
    try {
      Model model = Model.of(snapshot, environment);
      return new SnapshotPolicy(name, ComputeStart.open(DeviceChoice.CPU), model);
    } catch (IllegalArgumentException e) {
      throw new UserException(
          "The %s cannot be played: %s".formatted(name, e.getMessage()), ExitCode.FAILURE, e);
    }
  }

  @Override
  public void begin() {
    observations.begin();
  }

  @Override
  public Action choose(float[] observation) {
    int[] action = new int[1];
    network.actGreedily(observations.of(observation, lane -> false), action);
    return new Action.Integers(action);
  }

  @Override
  public String name() {
    return name;
  }

  @Override
  public void close() {
    network.close();
    compute.close();
  }
}
