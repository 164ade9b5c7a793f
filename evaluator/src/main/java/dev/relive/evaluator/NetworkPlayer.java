package dev.relive.evaluator;

import dev.relive.agents.ActingPolicy;
import dev.relive.agents.Heads;
import dev.relive.agents.LaneObservations;
import dev.relive.agents.Model;
import dev.relive.agents.NetworkSpec;
import dev.relive.agents.torch.Compute;
import dev.relive.agents.torch.DeviceChoice;
import dev.relive.environments.EnvironmentSpec;
import dev.relive.environments.Environments;
import dev.relive.environments.random.Generator;
import dev.relive.environments.random.RunSeeds;
import dev.relive.log.wire.Snapshot;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Plays episodes by the networks of snapshots. Belongs to one thread. */
final class NetworkPlayer implements SnapshotPlayer, AutoCloseable {
  private final EnvironmentSpec environment;
  private final RunSeeds seeds;
  private final int lanes;
  private final EpisodePlayer episodes;
  private final Compute compute;
  private final float[] probabilities;
  private @Nullable NetworkSpec networkSpec;
  private @Nullable ActingPolicy network;
  private @Nullable LaneObservations laneObservations;
  private Optional<Float> epsilon = Optional.empty();

  NetworkPlayer(EnvironmentSpec environment, RunSeeds seeds, int lanes, DeviceChoice device) {
    this.environment = environment;
    this.seeds = seeds;
    this.lanes = lanes;
    probabilities = new float[lanes];
    episodes = new EpisodePlayer(Environments.vector(environment, lanes), seeds::evaluation);
    compute = Compute.open(device);
  }

  @Override
  public void load(Snapshot snapshot) {
    Model model = Model.of(snapshot, environment);
    networkOf(model).load(model.weights());
    laneObservations = new LaneObservations(model.encoding(), lanes);
    laneObservations.use(model.normalisation());
    epsilon = explored(snapshot, model.network());
  }

  private ActingPolicy networkOf(Model model) {
    if (network == null || !model.network().equals(networkSpec)) {
      closeNetwork();
      networkSpec = model.network();
      network = ActingPolicy.of(compute, networkSpec, lanes);
    }
    return network;
  }

  /** A policy that draws from probabilities needs none. */
  private static Optional<Float> explored(Snapshot snapshot, NetworkSpec network) {
    if (network.heads() == Heads.POLICY_AND_VALUE) {
      return Optional.of(0f);
    }
    return snapshot.hasEpsilon() ? Optional.of(snapshot.getEpsilon()) : Optional.empty();
  }

  @Override
  public EpisodeResults playGreedily(long firstSeed, int count) throws InterruptedException {
    return episodes.play(new Encoded(loaded()::actGreedily), firstSeed, count);
  }

  @Override
  public Optional<EpisodeResults> playStochastically(long firstSeed, int count)
      throws InterruptedException {
    if (epsilon.isEmpty()) {
      return Optional.empty();
    }
    ActingPolicy acting = loaded();
    double exploring = epsilon.get();
    Generator random = seeds.evaluationActions(firstSeed);
    LanePolicy policy =
        (observations, actions) ->
            acting.act(observations, exploring, random, actions, probabilities);
    return Optional.of(episodes.play(new Encoded(policy), firstSeed, count));
  }

  private ActingPolicy loaded() {
    if (network == null) {
      throw new IllegalStateException("no snapshot was loaded");
    }
    return network;
  }

  private LaneObservations loadedObservations() {
    if (laneObservations == null) {
      throw new IllegalStateException("no snapshot was loaded");
    }
    return laneObservations;
  }

  /** A network that sees the environment's observations as it was trained to. */
  private final class Encoded implements LanePolicy {
    private final LanePolicy policy;
    private final LaneObservations encoding = loadedObservations();

    Encoded(LanePolicy policy) {
      this.policy = policy;
    }

    @Override
    public void begin() {
      encoding.begin();
    }

    @Override
    public void act(float[] observations, int[] actions) {
      // A lane whose episode has ended plays on, and what it does is ignored.
      policy.act(encoding.of(observations, lane -> false), actions);
    }
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
