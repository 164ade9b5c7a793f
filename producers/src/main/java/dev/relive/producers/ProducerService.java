package dev.relive.producers;

import dev.relive.log.Acknowledgement;
import dev.relive.log.LogAdmin;
import dev.relive.log.LogException;
import dev.relive.log.Run;
import dev.relive.log.RunFeeds;
import dev.relive.log.RunRegistry;
import dev.relive.log.wire.Progress;
import dev.relive.service.Service;
import io.prometheus.metrics.model.registry.PrometheusRegistry;
import java.time.Duration;
import java.time.InstantSource;
import java.util.Objects;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import reactor.core.Disposable;
import reactor.core.Disposables;
import reactor.core.scheduler.Scheduler;
import reactor.core.scheduler.Schedulers;

/**
 * A producer: waits for its run, steps environments for it, and ends with it. Closed before that,
 * it abandons its open episodes; either way it flushes what it made.
 */
public final class ProducerService implements Service {
  private static final Logger LOG = LoggerFactory.getLogger(ProducerService.class);
  private static final Duration THREAD_END = Duration.ofSeconds(1);

  private final ProducerConfig config;
  private final ProducerMetrics metrics;
  private final InstantSource clock;
  private final Consumer<Acknowledgement> acknowledgements;
  private final Thread thread;
  private final CompletableFuture<Void> completion = new CompletableFuture<>();

  // Changed under this lock: a production that begins and a close that comes see one another.
  private volatile @Nullable Production production;
  private volatile boolean closing;

  /**
   * A producer that is not started.
   *
   * @param metrics where its meters are registered
   * @param clock tells the time of observations
   */
  public ProducerService(ProducerConfig config, PrometheusRegistry metrics, InstantSource clock) {
    this(config, metrics, clock, acknowledgement -> {});
  }

  /**
   * The same, which tells what is in the log.
   *
   * @param acknowledgements is told of every segment that is in the log, in the order of their
   *     sequence, before anything else follows from it
   */
  public ProducerService(
      ProducerConfig config,
      PrometheusRegistry metrics,
      InstantSource clock,
      Consumer<Acknowledgement> acknowledgements) {
    this.config = config;
    this.metrics = new ProducerMetrics(metrics, this::status);
    this.clock = clock;
    this.acknowledgements = acknowledgements;
    thread = new Thread(this::work, "relive-producer-" + config.actor());
    thread.setDaemon(true);
  }

  @Override
  public String name() {
    return "producer";
  }

  /** Begins to look for the run, in a thread of its own. */
  @Override
  public void start() {
    thread.start();
  }

  /** Where the producer stands; empty until it has a run. */
  public Optional<ProducerStatus> status() {
    return Optional.ofNullable(production).map(Production::status);
  }

  /**
   * How long after their publication policies chose their first step, in seconds, in no order: the
   * last {@value PolicyDelays#KEPT}.
   */
  public double[] policyDelays() {
    Production now = production;
    return now == null ? new double[0] : now.policyDelays();
  }

  /**
   * Completes when the run has ended and everything made is in the log; exceptionally when no
   * broker answers, the run was not found or takes no such producer, the log cannot be read, or
   * segments are in doubt.
   */
  @Override
  public CompletableFuture<Void> completion() {
    return completion.copy();
  }

  private void work() {
    try {
      ensureTopics();
      findAndProduce();
      if (!closing) {
        completion.complete(null);
      }
    } catch (RuntimeException | Error e) {
      if (!closing) {
        completion.completeExceptionally(e);
      } else if (production != null) {
        LOG.warn("Producer {} did not end cleanly", config.actor(), e);
      }
    }
  }

  private void ensureTopics() {
    try (LogAdmin admin = LogAdmin.open(config.connection())) {
      admin.ensure(config.connection().topics().shared());
    }
  }

  private void findAndProduce() {
    try (RunRegistry runs = new RunRegistry(config.connection())) {
      Run run = runs.awaitForProducer(config.run(), config.runTimeout()).block();
      produce(runs, Objects.requireNonNull(run, "run is null"));
    }
  }

  /** Returns when everything made is in the log. */
  private void produce(RunRegistry runs, Run run) {
    Scheduler loop = Schedulers.newSingle("relive-environments-" + config.actor(), true);
    Disposable.Composite feeds = Disposables.composite();
    AtomicReference<@Nullable Throwable> failure = new AtomicReference<>();
    boolean lockstep = isLockstep(run);
    try (Production opened = Production.open(config, run.spec(), lockstep, metrics, clock)) {
      begin(opened);
      LOG.info("Producer {} steps {} lanes", opened.actor(), opened.status().lanes());
      try {
        follow(opened, runs, run.id(), feeds, failure);
        opened.run(loop, acknowledgements).then().block();
      } finally {
        feeds.dispose();
        loop.disposeGracefully().block(THREAD_END);
      }
    }
    Throwable why = failure.get();
    if (why != null) {
      throw why instanceof LogException known
          ? known
          : new LogException("Following run %s failed: %s".formatted(run, why.getMessage()), why);
    }
  }

  /** Waits for the learner's first word, which tells whether producers keep step with it. */
  private boolean isLockstep(Run run) {
    Progress first = new RunFeeds(config.connection()).progress(run.id()).blockFirst();
    return run.spec().getDeterministic() || (first != null && first.getRequiredPolicyVersion() > 0);
  }

  /** Passes on what the learner says; without it the producer cannot go on and ends in order. */
  private void follow(
      Production to,
      RunRegistry runs,
      String run,
      Disposable.Composite subscriptions,
      AtomicReference<@Nullable Throwable> failure) {
    RunFeeds feeds = new RunFeeds(config.connection());
    subscriptions.add(feeds.policies(run).subscribe(to::onPolicy, e -> stop(to, failure, e)));
    subscriptions.add(feeds.progress(run).subscribe(to::onProgress, e -> stop(to, failure, e)));
    subscriptions.add(
        runs.watch(run)
            .filter(ProducerService::hasEnded)
            .subscribe(ended -> to.stop(), e -> stop(to, failure, e)));
  }

  private static void stop(
      Production production, AtomicReference<@Nullable Throwable> failure, Throwable why) {
    failure.compareAndSet(null, why);
    production.stop();
  }

  private static boolean hasEnded(Run run) {
    return switch (run.phase()) {
      case CREATED, ACTIVE -> false;
      case SOLVED, STOPPED, FAILED -> true;
    };
  }

  private synchronized void begin(Production opened) {
    production = opened;
    if (closing) {
      opened.stop();
    }
  }

  private synchronized @Nullable Production stopForClose() {
    closing = true;
    if (production != null) {
      production.stop();
    }
    return production;
  }

  /** Abandons the open episodes and waits, within the time limit, until that is in the log. */
  @Override
  public void close() {
    Production stopped = stopForClose();
    try {
      if (stopped != null && !join(config.flushTimeout())) {
        LOG.warn(
            "Producer {} leaves {} segments in doubt, unacknowledged after {}",
            stopped.actor(),
            stopped.status().segmentsInFlight(),
            config.flushTimeout());
      }
      thread.interrupt();
      join(THREAD_END);
    } catch (InterruptedException e) {
      thread.interrupt();
      Thread.currentThread().interrupt();
    }
  }

  private boolean join(Duration limit) throws InterruptedException {
    TimeUnit.NANOSECONDS.timedJoin(thread, limit.toNanos());
    return !thread.isAlive();
  }
}
