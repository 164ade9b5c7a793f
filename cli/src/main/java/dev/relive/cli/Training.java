package dev.relive.cli;

import dev.relive.agents.torch.Compute;
import dev.relive.broker.EmbeddedBroker;
import dev.relive.cli.TrainSummary.Outcome;
import dev.relive.cli.page.WatchedRun;
import dev.relive.evaluator.EvaluatorService;
import dev.relive.evaluator.EvaluatorStatus;
import dev.relive.learner.LearnerService;
import dev.relive.log.LogConnection;
import dev.relive.log.wire.RunVerdict;
import dev.relive.producers.ProducerService;
import dev.relive.service.Metrics;
import dev.relive.service.ServiceGroup;
import dev.relive.service.UserException;
import java.time.Clock;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.TimeUnit;
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

  private final TrainingConfig config;
  private final ServiceProcess process;
  private volatile @Nullable Services services;
  private Duration learned = Duration.ZERO;

  /** What there is once the run is. */
  record Services(
      Task task,
      LearnerService learner,
      Optional<ProducerService> producer,
      EvaluatorService evaluator,
      EvaluationWatch evaluations) {

    /** The evaluator's word that the run is solved. */
    Optional<RunVerdict> verdict() {
      return evaluator.status().map(EvaluatorStatus::verdict);
    }
  }

  Training(TrainingConfig config, ServiceProcess process) {
    this.config = config;
    this.process = process;
  }

  TrainingConfig config() {
    return config;
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
  Outcome run() throws Exception {
    Optional<Services> begun = start();
    if (begun.isEmpty()) {
      return Outcome.STOPPED;
    }
    Services started = begun.get();
    services = started;
    process.setReady();
    process.setActivity("learning");
    boolean ended = process.group().await(started.learner().completion());
    learned = process.stopwatch().elapsed();
    if (!ended) {
      process.setActivity("stopping");
      return Outcome.STOPPED;
    }
    process.setActivity("evaluating the final snapshot");
    awaitLastEvaluation(started);
    process.setActivity("ended");
    return started.verdict().isPresent() ? Outcome.SOLVED : Outcome.UNSOLVED;
  }

  /** What takes long and needs nothing of the others starts at the same time. */
  private Optional<Services> start() throws Exception {
    process.setActivity("starting Kafka and PyTorch");
    CompletableFuture<Metrics> metricsStart = ServiceProcess.inBackground("metrics", Metrics::new);
    CompletableFuture<String> engine = ServiceProcess.inBackground("engine", this::startEngine);
    try {
      return start(metricsStart, engine);
    } finally {
      // A process that ends while PyTorch is being loaded aborts.
      boolean unused = engine.handle((device, failure) -> true).join();
    }
  }

  private Optional<Services> start(
      CompletableFuture<Metrics> metricsStart, CompletableFuture<String> engine) throws Exception {
    LogPlace log = config.log();
    Optional<EmbeddedBroker> broker = config.startBroker(process.group());
    broker.ifPresent(
        own -> own.onFailure(sentence -> process.group().fail(new UserException(sentence))));
    Metrics metrics = process.serve(join(metricsStart), config.endpoint());
    broker.ifPresent(own -> BrokerMetrics.register(metrics.registry(), own));
    Optional<LogConnection> connection = process.connect(log, metrics);
    if (connection.isEmpty()) {
      return Optional.empty();
    }
    LOGGER.info("PyTorch computes on {}", join(engine));
    process.setActivity("starting the run");
    return Optional.of(startServices(connection.get(), metrics));
  }

  private Services startServices(LogConnection connection, Metrics metrics) {
    Clock clock = Clock.systemUTC();
    ServiceGroup group = process.group();
    LearnerService learner =
        group.start(new LearnerService(config.learner(connection), metrics.registry(), clock));
    String run = learner.run();
    RunMetrics.register(metrics.registry(), learner.spec());
    Optional<ProducerService> producer =
        config
            .producer(connection, run)
            .map(told -> group.start(new ProducerService(told, metrics.registry(), clock)));
    EvaluatorService evaluator =
        group.start(new EvaluatorService(config.evaluator(connection, run), metrics, clock));
    EvaluationWatch evaluations = EvaluationWatch.open(connection, run, group);
    process.page().watch(new WatchedRun(connection, run, evaluations));
    Task task = Task.of(config.start(), connection, run);
    return new Services(task, learner, producer, evaluator, evaluations);
  }

  /** Returns the device's name. */
  private String startEngine() {
    try (Compute compute = ComputeStart.open(config.device())) {
      return compute.device();
    }
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
    if (process.group().await(evaluated) && !evaluated.join()) {
      LOGGER.warn("Version {}, the last, was not evaluated", version);
    }
  }
}
