package dev.relive.evaluator;

import dev.relive.agents.EnvironmentMessages;
import dev.relive.environments.EnvironmentSpec;
import dev.relive.environments.random.RunSeeds;
import dev.relive.log.EvaluatorGroup;
import dev.relive.log.Run;
import dev.relive.log.RunFeeds;
import dev.relive.log.RunRegistry;
import dev.relive.log.wire.Progress;
import dev.relive.log.wire.RunPhase;
import dev.relive.log.wire.RunState;
import dev.relive.log.wire.Snapshot;
import java.time.Duration;
import java.time.InstantSource;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import reactor.core.Disposable;
import reactor.core.publisher.Mono;

/**
 * One evaluator at work on its run, among others of the same run.
 *
 * <pre>
 *   snapshots ──▶ EvaluatorGroup ──▶ SnapshotJudge ──▶ EvaluatorGroup ──▶ evaluations, verdict
 *   run's end ──▶ how far the group must come
 * </pre>
 *
 * <p>Belongs to one thread, but for {@link #status}.
 */
final class RunEvaluation implements AutoCloseable {
  private static final Logger LOG = LoggerFactory.getLogger(RunEvaluation.class);
  private static final Duration POLL = Duration.ofMillis(100);

  /** A run that has ended has published Progress, unless its learner failed before it began. */
  private static final Duration PROGRESS_LIMIT = Duration.ofSeconds(30);

  private final RunRegistry runs;
  private final String run;
  private final EvaluatorMetrics metrics;
  private final EvaluationTally tally;
  private final NetworkPlayer player;
  private final SnapshotJudge judge;
  private final EvaluatorGroup group;
  private final Disposable progress;
  private final Disposable evaluations;
  private final CompletableFuture<Progress> lastProgress;

  /** Joins the evaluators of a run. */
  RunEvaluation(
      EvaluatorConfig config,
      RunRegistry runs,
      Run run,
      EvaluatorMetrics metrics,
      InstantSource clock) {
    this.runs = runs;
    this.run = run.id();
    this.metrics = metrics;
    EnvironmentSpec environment = EnvironmentMessages.environment(run.spec().getEnvironment());
    RunSeeds seeds = new RunSeeds(run.spec().getSeed());
    int lanes = Math.min(config.lanes(), config.episodes());
    tally = new EvaluationTally(run.id(), environment.rewardThreshold());
    group = EvaluatorGroup.join(config.connection(), run.spec());
    player = new NetworkPlayer(environment, seeds, lanes, config.device());
    judge =
        new SnapshotJudge(
            config.name(),
            config.episodes(),
            config.stochasticEpisodes(),
            environment.rewardThreshold(),
            player,
            clock);
    RunFeeds feeds = new RunFeeds(config.connection());
    lastProgress = lastProgress(feeds);
    progress =
        feeds
            .progress(run.id())
            .subscribe(
                newest -> tally.snapshotAppeared(newest.getSnapshotVersion()),
                lastProgress::completeExceptionally);
    evaluations =
        feeds.evaluations(run.id()).subscribe(tally::logged, lastProgress::completeExceptionally);
  }

  /**
   * What the run's last Progress says. A learner writes the run's end not before its last snapshot,
   * so Progress read then names that one.
   */
  private CompletableFuture<Progress> lastProgress(RunFeeds feeds) {
    return runs.watch(run)
        .doOnNext(now -> tally.know(now.verdict()))
        .filter(RunEvaluation::hasEnded)
        .next()
        .flatMap(
            ended ->
                feeds
                    .progress(run)
                    .next()
                    .timeout(PROGRESS_LIMIT, Mono.just(Progress.getDefaultInstance())))
        .toFuture();
  }

  /** By its learner's word: a solved run still gets its final snapshot. */
  private static boolean hasEnded(Run run) {
    RunState state = run.state();
    return state != null
        && (state.getPhase() == RunPhase.STOPPED || state.getPhase() == RunPhase.FAILED);
  }

  /** Returns when the run has ended and its last snapshot is evaluated, whoever did it. */
  void toTheEnd() throws InterruptedException {
    while (!isOver()) {
      Snapshot snapshot = group.poll(POLL);
      if (snapshot != null) {
        evaluate(snapshot);
      }
    }
  }

  private void evaluate(Snapshot snapshot) throws InterruptedException {
    Judgement found = judge.judge(snapshot, this::isSolved);
    if (!group.commit(found.evaluations(), found.verdict())) {
      LOG.warn(
          "What was found of version {} of run {} was not committed: another evaluator has the run,"
              + " or Kafka did not answer",
          snapshot.getVersion(),
          run);
      return;
    }
    tally.add(found);
    found.evaluations().forEach(metrics::evaluated);
    if (found.verdict() != null) {
      LOG.info("Run {} is solved by version {}", run, snapshot.getVersion());
    }
  }

  /** By what is committed: an evaluator that had the run before may have found it solved. */
  private boolean isSolved() {
    tally.know(runs.find(run).verdict());
    return tally.isSolved();
  }

  private boolean isOver() throws InterruptedException {
    if (!lastProgress.isDone()) {
      return false;
    }
    try {
      Progress last = lastProgress.join();
      return !last.hasSnapshot() || group.isPast(last.getSnapshot());
    } catch (CompletionException e) {
      throw e.getCause() instanceof RuntimeException cause ? cause : e;
    }
  }

  /** Where it stands; for any thread. */
  EvaluatorStatus status() {
    return tally.status(group.isActive(), group.skipped());
  }

  /** Leaves the others to go on. */
  @Override
  public void close() {
    lastProgress.cancel(false);
    progress.dispose();
    evaluations.dispose();
    group.close();
    player.close();
  }
}
