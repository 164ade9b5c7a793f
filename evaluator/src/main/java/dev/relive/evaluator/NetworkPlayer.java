package dev.relive.evaluator;

import dev.relive.agents.ActingPolicy;
import dev.relive.agents.LaneObservations;
import dev.relive.agents.Model;
import dev.relive.agents.NetworkSpec;
import dev.relive.agents.torch.Compute;
import dev.relive.agents.torch.DeviceChoice;
import dev.relive.environments.EnvironmentSpec;
import dev.relive.environments.Environments;
import dev.relive.environments.random.RunSeeds;
import dev.relive.log.wire.Snapshot;
import org.jspecify.annotations.Nullable;

/** Plays greedy episodes by the networks of snapshots. Belongs to one thread. */
final class NetworkPlayer implements SnapshotPlayer, GreedyPolicy, AutoCloseable {
  private final EnvironmentSpec environment;
  private final int lanes;
  private final EpisodePlayer episodes;
  private final Compute compute;
  private @Nullable NetworkSpec networkSpec;
  private @Nullable ActingPolicy network;
  private @Nullable LaneObservations laneObservations;

  NetworkPlayer(EnvironmentSpec environment, RunSeeds seeds, int lanes, DeviceChoice device) {
    this.environment = environment;
    this.lanes = lanes;
    episodes = new EpisodePlayer(Environments.vector(environment, lanes), seeds::evaluation);
    compute = Compute.open(device);
  }

  @Override
  public void load(Snapshot snapshot) {
    Model model = Model.of(snapshot, environment);
    networkOf(model).load(model.weights());
    laneObservations = new LaneObservations(model.encoding(), lanes);
    laneObservations.use(model.normalisation());
  }

  private ActingPolicy networkOf(Model model) {
    if (network == null || !model.network().equals(networkSpec)) {
      closeNetwork();
      networkSpec = model.network();
      network = ActingPolicy.of(compute, networkSpec, lanes);
    }
    return network;
  }

  @Override
  public EpisodeResults play(long firstSeed, int count) throws InterruptedException {
    return episodes.play(this, firstSeed, count);
  }

  @Override
  public void begin() {
    loadedObservations().begin();
  }

  @Override
  public void act(float[] observations, int[] actions) {
    if (network == null) {
      throw new IllegalStateException("no snapshot was loaded");
    }
    // A lane whose episode has ended plays on, and what it does is ignored.
    network.actGreedily(loadedObservations().of(observations, lane -> false), actions);
  }

  private LaneObservations loadedObservations() {
    if (laneObservations == null) {
      throw new IllegalStateException("no snapshot was loaded");
    }
    return laneObservations;
  }

  private void closeNetwork() {
    if (network != null) {
      network.close();
      network = null;
    }
  }

  @Override
  public void close() {
    closeNetwork();
    compute.close();
    episodes.close();
  }
}
