package dev.relive.cli;

import dev.relive.agents.torch.Compute;
import dev.relive.broker.BrokerConfig;
import dev.relive.broker.EmbeddedBroker;
import dev.relive.cli.TrainSummary.Outcome;
import dev.relive.evaluator.EvaluatorService;
import dev.relive.evaluator.EvaluatorStatus;
import dev.relive.learner.LearnerService;
import dev.relive.log.LogAdmin;
import dev.relive.log.LogConnection;
import dev.relive.log.RunFeeds;
import dev.relive.log.wire.RunVerdict;
import dev.relive.producers.ProducerService;
import dev.relive.service.Health;
import dev.relive.service.HttpEndpoint;
import dev.relive.service.Metrics;
import dev.relive.service.ServiceGroup;
import dev.relive.service.UserException;
import io.prometheus.metrics.model.registry.PrometheusRegistry;
import java.net.URI;
import java.time.Clock;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.TimeUnit;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Everything that learns, in one process. The services know one another through the log alone, as
 * they do in processes of their own; this starts them, waits for the end of the run and asks them
 * how they are.
 */
final class Training {

  private static final Logger LOGGER = LoggerFactory.getLogger(Training.class);
  private static final int LAST_EVALUATION_SECONDS = 30;

  private final TrainConfig config;
  private final ServiceGroup group;
  private final Health health = new Health();
  private volatile String activity = "starting Kafka and PyTorch";
  private volatile @Nullable URI endpoint;
  private volatile @Nullable Services services;
  private Duration learned = Duration.ZERO;

  /** What there is once the run is. */
  record Services(
      LearnerService learner,
      ProducerService producer,
      EvaluatorService evaluator,
      EvaluationWatch evaluations) {

    /** The evaluator's word that the run is solved. */
    Optional<RunVerdict> verdict() {
      return evaluator.status().map(EvaluatorStatus::verdict);
    }
  }

  /**
   * @param group takes over all that is started
   */
  Training(TrainConfig config, ServiceGroup group) {
    this.config = config;
    this.group = group;
  }

  TrainConfig config() {
    return config;
  }

  /** What goes on, in a few words. */
  String activity() {
    return activity;
  }

  /** Where metrics and health are, once they are. */
  Optional<URI> endpoint() {
    return Optional.ofNullable(endpoint);
  }

  /** From the start of the command to the end of learning. */
  Duration learned() {
    return learned;
  }

  /** Empty until there is a run. */
  Optional<Services> services() {
    return Optional.ofNullable(services);
  }

  /**
   * Learns until the run ends or a stop is requested.
   *
   * @throws Exception why a part cannot go on
   */
  Outcome run(Stopwatch stopwatch) throws Exception {
    try {
      Services started = start();
      activity = "learning";
      boolean ended = group.await(started.learner().completion());
      learned = stopwatch.elapsed();
      if (!ended) {
        activity = "stopping";
        return Outcome.STOPPED;
      }
      activity = "evaluating the final snapshot";
      awaitLastEvaluation(started);
      activity = "ended";
      return started.verdict().isPresent() ? Outcome.SOLVED : Outcome.UNSOLVED;
    } catch (Exception e) {
      LOGGER.error("Training failed", e);
      throw e;
    }
  }

  /** What takes long and needs nothing of the others starts at the same time. */
  private Services start() {
    health.addReady("run", () -> services == null ? Optional.of(activity) : Optional.empty());
    CompletableFuture<Metrics> metricsStart = inBackground("metrics", Metrics::new);
    CompletableFuture<String> engine = inBackground("engine", this::startEngine);
    String servers = config.servers().orElseGet(this::startBroker);
    Metrics metrics = group.add("metrics", join(metricsStart));
    LogConnection connection = config.connection(servers).observedBy(new KafkaMetrics(metrics));
    endpoint =
        group
            .add(
                "HTTP endpoint",
                HttpEndpoint.open(config.httpHost(), config.httpPort(), metrics, health))
            .uri();
    LOGGER.info("PyTorch computes on {}", join(engine));
    activity = "creating the run";
    Services started = startServices(connection, metrics.registry());
    services = started;
    return started;
  }

  private Services startServices(LogConnection connection, PrometheusRegistry registry) {
    Clock clock = Clock.systemUTC();
    LearnerService learner =
        group.start(new LearnerService(config.learner(connection), registry, clock));
    String run = learner.run();
    ProducerService producer =
        group.start(new ProducerService(config.producer(connection, run), registry, clock));
    EvaluatorService evaluator =
        group.start(new EvaluatorService(config.evaluator(connection, run), registry, clock));
    EvaluationWatch evaluations =
        group.add("evaluations", new EvaluationWatch(new RunFeeds(connection), run, group::fail));
    return new Services(learner, producer, evaluator, evaluations);
  }

  private String startBroker() {
    EmbeddedBroker broker =
        group.add("broker", EmbeddedBroker.start(BrokerConfig.in(config.dataDirectory())));
    broker.onFailure(sentence -> group.fail(new UserException(sentence)));
    abortOpenTransactions(config.connection(broker.bootstrapServers()));
    return broker.bootstrapServers();
  }

  /** Whoever had a transaction open on the broker before it was started here was killed with it. */
  private static void abortOpenTransactions(LogConnection connection) {
    try (LogAdmin admin = LogAdmin.open(connection)) {
      int aborted = admin.abortOpenTransactions(connection.topics().shared());
      if (aborted > 0) {
        LOGGER.info("Aborted {} transactions that a killed process had left open", aborted);
      }
    }
  }

  /** Returns the device's name. */
  private String startEngine() {
    try (Compute compute = Compute.open(config.device())) {
      return compute.device();
    } catch (IllegalArgumentException e) {
      throw new UserException(String.valueOf(e.getMessage()), e);
    } catch (RuntimeException | LinkageError e) {
      throw new UserException("PyTorch does not start here: %s.".formatted(e), e);
    }
  }

  private static <T> CompletableFuture<T> inBackground(String name, Supplier<T> work) {
    return CompletableFuture.supplyAsync(
        work,
        task -> {
          Thread thread = new Thread(task, "start-" + name);
          thread.setDaemon(true);
          thread.start();
        });
  }

  private static <T> T join(CompletableFuture<T> future) {
    try {
      return future.join();
    } catch (CompletionException e) {
      throw e.getCause() instanceof RuntimeException cause ? cause : e;
    }
  }

  /** The evaluator completes with the run's last snapshot; the log then tells what it found. */
  private void awaitLastEvaluation(Services started) throws Exception {
    long version = started.learner().status().snapshotVersion();
    CompletableFuture<Boolean> evaluated =
        started
            .evaluator()
            .completion()
            .thenCombine(started.evaluations().evaluation(version), (done, evaluation) -> true)
            .completeOnTimeout(false, LAST_EVALUATION_SECONDS, TimeUnit.SECONDS);
    if (group.await(evaluated) && !evaluated.join()) {
      LOGGER.warn("Version {}, the last, was not evaluated", version);
    }
  }
}
