package dev.relive.producers;

import dev.relive.agents.ActingPolicy;
import dev.relive.agents.LaneObservations;
import dev.relive.agents.Model;
import dev.relive.agents.NetworkSpec;
import dev.relive.agents.torch.Compute;
import dev.relive.environments.VectorEnvironment;
import dev.relive.environments.random.Generator;
import dev.relive.log.wire.Policy;
import java.time.Instant;
import java.time.InstantSource;
import java.time.temporal.ChronoUnit;
import java.util.concurrent.atomic.AtomicReference;
import java.util.concurrent.atomic.LongAdder;
import java.util.function.IntPredicate;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Acts by the newest policy that the learner published, ε-greedily or by its probabilities as its
 * network's heads say. A policy is checked on the thread that offers it and loaded on the one that
 * steps the lanes; one that cannot be used is refused, and the one before it acts on.
 */
final class PublishedPolicy implements LanePolicy, AutoCloseable {
  private static final Logger LOG = LoggerFactory.getLogger(PublishedPolicy.class);

  private final Compute compute;
  private final VectorEnvironment environment;
  private final Generator exploration;
  private final InstantSource clock;
  private final PolicyDelays delays;
  private final AtomicReference<@Nullable Offer> offered = new AtomicReference<>();
  private final LongAdder refused = new LongAdder();
  private final IntPredicate beginsEpisode = this::beginsEpisode;
  private volatile long version;
  private volatile double epsilon = Double.NaN;
  private @Nullable NetworkSpec networkSpec;
  private @Nullable ActingPolicy network;
  private @Nullable LaneObservations laneObservations;
  private @Nullable Offer unused;

  private record Offer(long version, double epsilon, long publishedAtMicros, Model model) {}

  /**
   * No policy yet.
   *
   * @param environment the lanes, whose actions are discrete, counted from 0
   * @param exploration the stream that actions are drawn from
   * @param delays hears how long after its publication each policy is first acted by
   */
  PublishedPolicy(
      Compute compute,
      VectorEnvironment environment,
      Generator exploration,
      InstantSource clock,
      PolicyDelays delays) {
    this.compute = compute;
    this.environment = environment;
    this.exploration = exploration;
    this.clock = clock;
    this.delays = delays;
  }

  /** Hands a policy over, from any thread; it replaces one that nobody has acted by yet. */
  void offer(Policy policy) {
    try {
      Model model = Model.of(policy, environment.spec());
      offered.set(new Offer(policy.getVersion(), policy.getEpsilon(), policy.getAtMicros(), model));
    } catch (IllegalArgumentException e) {
      refused.increment();
      LOG.warn("Policy {} of run {} is refused", policy.getVersion(), policy.getRun(), e);
    }
  }

  @Override
  public boolean refresh() {
    Offer offer = offered.getAndSet(null);
    if (offer != null) {
      networkOf(offer.model()).load(offer.model().weights());
      observationsOf(offer.model()).use(offer.model().normalisation());
      version = offer.version();
      epsilon = offer.epsilon();
      unused = offer;
    }
    return network != null;
  }

  private ActingPolicy networkOf(Model model) {
    if (network == null || !model.network().equals(networkSpec)) {
      close();
      networkSpec = model.network();
      network = ActingPolicy.of(compute, networkSpec, environment.lanes());
    }
    return network;
  }

  private LaneObservations observationsOf(Model model) {
    if (laneObservations == null || !model.encoding().equals(laneObservations.encoding())) {
      laneObservations = new LaneObservations(model.encoding(), environment.lanes());
    }
    return laneObservations;
  }

  /** Whether what a lane shows now is the first observation of an episode. */
  private boolean beginsEpisode(int lane) {
    return environment.terminated()[lane]
        || environment.truncated()[lane]
        || environment.abandoned()[lane];
  }

  @Override
  public long version() {
    return version;
  }

  @Override
  public void act(float[] observations, int[] actions, float[] probabilities) {
    if (network == null || laneObservations == null) {
      throw new IllegalStateException("no policy has arrived");
    }
    if (unused != null) {
      used(unused);
      unused = null;
    }
    network.act(
        laneObservations.of(observations, beginsEpisode),
        epsilon,
        exploration,
        actions,
        probabilities);
  }

  private void used(Offer first) {
    // Absent where whoever published it told no time.
    if (first.publishedAtMicros() != 0) {
      delays.add(
          first.publishedAtMicros(), ChronoUnit.MICROS.between(Instant.EPOCH, clock.instant()));
    }
  }

  /** The acting policy's probability of a random action; NaN before the first policy. */
  double epsilon() {
    return epsilon;
  }

  /** Policies that could not be used. */
  long refused() {
    return refused.sum();
  }

  @Override
  public void close() {
    if (network != null) {
      network.close();
      network = null;
    }
  }
}
