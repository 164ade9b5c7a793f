package dev.relive.cli.page;

import dev.relive.agents.ActingPolicy;
import dev.relive.agents.EnvironmentMessages;
import dev.relive.agents.LaneObservations;
import dev.relive.agents.Model;
import dev.relive.agents.NetworkSpec;
import dev.relive.agents.torch.Compute;
import dev.relive.agents.torch.DeviceChoice;
import dev.relive.environments.Environment;
import dev.relive.environments.EnvironmentSpec;
import dev.relive.environments.Environments;
import dev.relive.log.RunFeeds;
import dev.relive.log.RunReports;
import dev.relive.log.wire.Policy;
import dev.relive.log.wire.RunSpec;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.Base64;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import javax.imageio.ImageIO;
import org.jspecify.annotations.Nullable;
import reactor.core.Disposable;

/**
 * Plays a run's newest policy greedily in an environment of its own, a step and a picture at a
 * time. For any thread; used by one at a time.
 */
final class PolicyPlayer implements AutoCloseable {

  private final EnvironmentSpec spec;
  private final Environment environment;
  private final Compute compute;
  private final Disposable feed;
  private volatile @Nullable Policy newest;
  private volatile @Nullable Throwable failed;
  private @Nullable ActingPolicy network;
  private @Nullable NetworkSpec networkSpec;
  private @Nullable LaneObservations encoding;
  private float @Nullable [] observation;
  private long version;
  private long seed;
  private long step;
  private double total;
  private boolean closed;

  private PolicyPlayer(WatchedRun run, EnvironmentSpec spec) {
    this.spec = spec;
    environment = Environments.environment(spec);
    compute = Compute.open(DeviceChoice.CPU);
    feed =
        new RunFeeds(run.connection())
            .policies(run.id())
            .subscribe(policy -> newest = policy, failure -> failed = failure);
  }

  /**
   * A player of a run's policies.
   *
   * @throws RuntimeException if the run's environment or PyTorch does not start here
   */
  static PolicyPlayer open(WatchedRun run) {
    RunSpec found = new RunReports(run.connection()).read(List.of(run.id())).get(0).run().spec();
    return new PolicyPlayer(run, EnvironmentMessages.environment(found.getEnvironment()));
  }

  /**
   * Does a step, or begins an episode, and draws what came of it.
   *
   * @return empty before the first policy, and when it is closed
   * @throws IllegalStateException if the policies cannot be read
   * @throws IllegalArgumentException if one cannot be used
   */
  synchronized Optional<ServerEvent> frame() {
    Throwable failure = failed;
    if (failure != null) {
      throw new IllegalStateException(failure.getMessage(), failure);
    }
    Policy policy = newest;
    if (closed || policy == null) {
      return Optional.empty();
    }
    ActingPolicy acting = load(policy);
    if (observation == null) {
      observation = environment.reset(seed);
      seed++;
      step = 0;
      total = 0;
    } else {
      advance(acting, observation);
    }
    return Optional.of(picture());
  }

  private ActingPolicy load(Policy policy) {
    if (network == null || policy.getVersion() != version) {
      Model model = Model.of(policy, spec);
      if (network == null || !model.network().equals(networkSpec)) {
        closeNetwork();
        network = ActingPolicy.of(compute, model.network(), 1);
        networkSpec = model.network();
      }
      network.load(model.weights());
      if (encoding == null || !encoding.encoding().equals(model.encoding())) {
        encoding = new LaneObservations(model.encoding(), 1);
      }
      encoding.use(model.normalisation());
      version = policy.getVersion();
    }
    return network;
  }

  private void advance(ActingPolicy acting, float[] before) {
    int[] action = new int[1];
    boolean begins = step == 0;
    float[] seen = encoding == null ? before : encoding.of(before, lane -> begins);
    acting.actGreedily(seen, action);
    Environment.Step made = environment.step(action);
    step++;
    total += made.reward();
    observation = made.ended() ? null : made.observation();
  }

  private ServerEvent picture() {
    Map<String, Object> json = new LinkedHashMap<>();
    json.put("version", version);
    json.put("episode", seed);
    json.put("step", step);
    json.put("total", total);
    ByteArrayOutputStream png = new ByteArrayOutputStream(16 << 10);
    try {
      if (!ImageIO.write(environment.image(), "png", png)) {
        throw new IllegalStateException("this Java writes no PNG");
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    json.put("png", Base64.getEncoder().encodeToString(png.toByteArray()));
    return new ServerEvent("frame", PageJson.of(json));
  }

  private void closeNetwork() {
    if (network != null) {
      network.close();
      network = null;
    }
  }

  /** Waits for the step under way. */
  @Override
  public synchronized void close() {
    closed = true;
    feed.dispose();
    closeNetwork();
    compute.close();
    environment.close();
  }
}
