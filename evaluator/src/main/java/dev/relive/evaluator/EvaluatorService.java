package dev.relive.evaluator;

import dev.relive.agents.EnvironmentMessages;
import dev.relive.environments.EnvironmentSpec;
import dev.relive.environments.random.RunSeeds;
import dev.relive.log.EvaluationWriter;
import dev.relive.log.LogAdmin;
import dev.relive.log.Run;
import dev.relive.log.RunFeeds;
import dev.relive.log.RunRegistry;
import dev.relive.log.wire.Evaluation;
import dev.relive.log.wire.Progress;
import dev.relive.log.wire.RunPhase;
import dev.relive.log.wire.RunState;
import dev.relive.log.wire.Snapshot;
import dev.relive.service.Service;
import io.prometheus.metrics.model.registry.PrometheusRegistry;
import java.time.Clock;
import java.time.Duration;
import java.util.Objects;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import reactor.core.Disposable;
import reactor.core.Disposables;
import reactor.core.publisher.Mono;

/**
 * An evaluator: waits for its run, evaluates its snapshots from the newest on, and ends when the
 * run has ended and its last snapshot is evaluated.
 */
public final class EvaluatorService implements Service {
  private static final Logger LOG = LoggerFactory.getLogger(EvaluatorService.class);
  private static final Duration THREAD_END = Duration.ofSeconds(2);

  /** A run that has ended has published Progress, unless its learner failed before it began. */
  private static final Duration PROGRESS_LIMIT = Duration.ofSeconds(30);

  private final EvaluatorConfig config;
  private final EvaluatorMetrics metrics;
  private final Clock clock;
  private final Thread thread;
  private final SnapshotInbox inbox = new SnapshotInbox();
  private final CompletableFuture<Void> completion = new CompletableFuture<>();
  private volatile @Nullable String run;
  private volatile @Nullable RunEvaluation evaluation;
  private volatile boolean closing;

  /**
   * An evaluator that is not started.
   *
   * @param metrics where its meters are registered
   * @param clock tells when evaluations were made and how long they took
   */
  public EvaluatorService(EvaluatorConfig config, PrometheusRegistry metrics, Clock clock) {
    this.config = config;
    this.metrics = new EvaluatorMetrics(metrics, this::status);
    this.clock = clock;
    thread = new Thread(this::work, "relive-" + config.name());
    thread.setDaemon(true);
  }

  @Override
  public String name() {
    return "evaluator";
  }

  /** Begins to look for the run, in a thread of its own. */
  @Override
  public void start() {
    thread.start();
  }

  /** Where the evaluator stands; empty until it has a run. */
  public Optional<EvaluatorStatus> status() {
    RunEvaluation current = evaluation;
    String id = run;
    return current == null || id == null
        ? Optional.empty()
        : Optional.of(current.status(id, inbox.skipped()));
  }

  /**
   * Completes when the run has ended and its last snapshot is evaluated; exceptionally when no
   * broker answers, the run was not found or cannot be evaluated here, or the log cannot be read or
   * written.
   */
  @Override
  public CompletableFuture<Void> completion() {
    return completion.copy();
  }

  private void work() {
    try {
      ensureTopics();
      findAndEvaluate();
      completion.complete(null);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      end(e);
    } catch (RuntimeException e) {
      end(e);
    }
  }

  private void ensureTopics() {
    try (LogAdmin admin = LogAdmin.open(config.connection())) {
      admin.ensure(config.connection().topics().shared());
    }
  }

  private void findAndEvaluate() throws InterruptedException {
    try (RunRegistry runs = new RunRegistry(config.connection());
        EvaluationWriter writer = new EvaluationWriter(config.connection())) {
      Run found = runs.await(config.run(), config.runTimeout()).block();
      evaluate(runs, writer, Objects.requireNonNull(found, "found is null"));
    }
  }

  private void end(Exception why) {
    if (!closing) {
      completion.completeExceptionally(why);
    }
  }

  /** Returns when the run has ended and its last snapshot is evaluated. */
  private void evaluate(RunRegistry runs, EvaluationWriter writer, Run of)
      throws InterruptedException {
    EnvironmentSpec environment = EnvironmentMessages.environment(of.spec().getEnvironment());
    int lanes = Math.min(config.lanes(), config.episodes());
    Disposable.Composite feeds = Disposables.composite();
    try (NetworkPlayer player =
        new NetworkPlayer(environment, new RunSeeds(of.spec().getSeed()), lanes, config.device())) {
      RunEvaluation begun =
          new RunEvaluation(
              config.name(),
              config.episodes(),
              environment.rewardThreshold(),
              of.verdict(),
              player,
              found -> write(writer, found),
              runs::setVerdict,
              clock);
      run = of.id();
      evaluation = begun;
      LOG.info("Evaluator {} evaluates run {}", config.name(), of);
      follow(runs, of.id(), feeds);
      for (Snapshot next = inbox.take(); next != null; next = inbox.take()) {
        begun.evaluate(next);
      }
    } finally {
      feeds.dispose();
    }
  }

  private void write(EvaluationWriter writer, Evaluation found) {
    writer.write(found);
    metrics.evaluated(found);
  }

  private void follow(RunRegistry runs, String id, Disposable.Composite subscriptions) {
    RunFeeds feeds = new RunFeeds(config.connection());
    subscriptions.add(feeds.snapshots(id).subscribe(inbox::offer, inbox::fail));
    // A learner writes the run's end after its last snapshot, so Progress read then names that one.
    subscriptions.add(
        runs.watch(id)
            .filter(EvaluatorService::hasEnded)
            .next()
            .flatMap(
                ended ->
                    feeds
                        .progress(id)
                        .next()
                        .map(Progress::getSnapshotVersion)
                        .timeout(PROGRESS_LIMIT, Mono.just(0L)))
            .subscribe(inbox::endAfter, inbox::fail));
  }

  /** By its learner's word: a solved run still gets its final snapshot. */
  private static boolean hasEnded(Run run) {
    RunState state = run.state();
    return state != null
        && (state.getPhase() == RunPhase.STOPPED || state.getPhase() == RunPhase.FAILED);
  }

  /** Ends at once, an evaluation under way unfinished. */
  @Override
  public void close() {
    closing = true;
    thread.interrupt();
    try {
      TimeUnit.NANOSECONDS.timedJoin(thread, THREAD_END.toNanos());
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }
}
