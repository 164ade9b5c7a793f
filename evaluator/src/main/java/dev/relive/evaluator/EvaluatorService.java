package dev.relive.evaluator;

import dev.relive.evaluator.episodes.EpisodeStream;
import dev.relive.log.LogAdmin;
import dev.relive.log.Run;
import dev.relive.log.RunRegistry;
import dev.relive.log.wire.PartitionRange;
import dev.relive.service.Metrics;
import dev.relive.service.Service;
import java.time.Duration;
import java.time.InstantSource;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * An evaluator: waits for its run, joins those that evaluate it, and ends when the run has ended
 * and its last snapshot is evaluated, by it or another. Meanwhile it takes part in joining the
 * segments of the run's stream to episodes.
 */
public final class EvaluatorService implements Service {
  private static final Logger LOG = LoggerFactory.getLogger(EvaluatorService.class);
  private static final Duration THREAD_END = Duration.ofSeconds(3);

  /** Episodes are behind the log by a commit; what comes later is the next evaluator's to join. */
  private static final Duration EPISODES_LIMIT = Duration.ofSeconds(5);

  private final EvaluatorConfig config;
  private final EvaluatorMetrics metrics;
  private final @Nullable EpisodeStream episodes;
  private final InstantSource clock;
  private final Thread thread;
  private final CompletableFuture<Void> completion = new CompletableFuture<>();
  private volatile @Nullable RunEvaluation evaluation;
  private volatile boolean closing;

  /**
   * An evaluator that is not started.
   *
   * @param shown where its meters are
   * @param clock tells when evaluations were made and how long they took
   */
  public EvaluatorService(EvaluatorConfig config, Metrics shown, InstantSource clock) {
    this.config = config;
    metrics = new EvaluatorMetrics(shown.registry(), this::status, clock);
    episodes = config.episodeStream() ? new EpisodeStream(config.connection(), shown) : null;
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
    return Optional.ofNullable(evaluation).map(RunEvaluation::status);
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
    } catch (RuntimeException | Error e) {
      end(e);
    }
  }

  private void ensureTopics() {
    try (LogAdmin admin = LogAdmin.open(config.connection())) {
      admin.ensure(config.connection().topics().shared());
    }
  }

  private void findAndEvaluate() throws InterruptedException {
    try (RunRegistry runs = new RunRegistry(config.connection())) {
      Run found = runs.await(config.run(), config.runTimeout()).block();
      Run run = Objects.requireNonNull(found, "found is null");
      // A run that learns from another's experience has no episodes of its own.
      if (episodes == null || Run.learnsFromAnother(run.spec())) {
        evaluate(runs, run);
      } else {
        evaluateAndFollow(episodes, runs, run);
      }
    }
  }

  private void evaluate(RunRegistry runs, Run run) throws InterruptedException {
    try (RunEvaluation begun = new RunEvaluation(config, runs, run, metrics, clock)) {
      LOG.info("Evaluator {} joins those of run {}", config.name(), run);
      evaluation = begun;
      begun.toTheEnd();
    }
  }

  private void evaluateAndFollow(EpisodeStream stream, RunRegistry runs, Run run)
      throws InterruptedException {
    try (stream) {
      stream.start(run.spec().getStream(), this::end);
      evaluate(runs, run);
      List<Integer> partitions =
          run.spec().getPartitionsList().stream().map(PartitionRange::getPartition).toList();
      if (!stream.awaitCaughtUp(partitions, EPISODES_LIMIT)) {
        LOG.warn("Episodes of run {} are left to the next evaluator of its stream", run);
      }
    }
  }

  private void end(Throwable why) {
    if (!closing) {
      completion.completeExceptionally(why);
    }
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
