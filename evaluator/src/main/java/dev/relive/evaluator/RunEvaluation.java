package dev.relive.evaluator;

import dev.relive.log.wire.Evaluation;
import dev.relive.log.wire.RunVerdict;
import dev.relive.log.wire.Snapshot;
import java.time.Clock;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.OptionalDouble;
import java.util.concurrent.atomic.LongAdder;
import java.util.function.Consumer;
import java.util.stream.DoubleStream;
import java.util.stream.LongStream;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Evaluates the snapshots of one run and writes what it found: an evaluation of each, a
 * confirmation on fresh seeds of one that reaches the threshold, and, when that reaches it too, the
 * verdict, once.
 *
 * <p>Every snapshot is played on seeds of its own, so that no choice among snapshots can favour the
 * seeds they are judged by: version v with n episodes on {@code [2vn, 2vn + n)} of the evaluation
 * range and, to confirm it, on {@code [2vn + n, 2vn + 2n)}.
 */
final class RunEvaluation {
  private static final Logger LOG = LoggerFactory.getLogger(RunEvaluation.class);

  private final String evaluator;
  private final int episodes;
  private final OptionalDouble threshold;
  private final SnapshotPlayer player;
  private final Consumer<Evaluation> evaluations;
  private final Consumer<RunVerdict> verdicts;
  private final Clock clock;
  private final LongAdder evaluated = new LongAdder();
  private final LongAdder refused = new LongAdder();
  private volatile @Nullable EvaluationSummary last;
  private volatile @Nullable EvaluationSummary best;
  private volatile @Nullable EvaluationSummary confirmation;
  private volatile @Nullable RunVerdict verdict;

  /**
   * Nothing evaluated yet.
   *
   * @param evaluator the name to write in evaluations
   * @param episodes n
   * @param threshold the mean return to reach; empty: the run is never solved
   * @param verdict what an evaluator found before; null where the run is not solved
   * @param evaluations where evaluations are written
   * @param verdicts where a verdict is written
   */
  RunEvaluation(
      String evaluator,
      int episodes,
      OptionalDouble threshold,
      @Nullable RunVerdict verdict,
      SnapshotPlayer player,
      Consumer<Evaluation> evaluations,
      Consumer<RunVerdict> verdicts,
      Clock clock) {
    this.evaluator = evaluator;
    this.episodes = episodes;
    this.threshold = threshold;
    this.verdict = verdict;
    this.player = player;
    this.evaluations = evaluations;
    this.verdicts = verdicts;
    this.clock = clock;
  }

  /** Does all that is due for a snapshot; one that cannot be used is refused. */
  void evaluate(Snapshot snapshot) throws InterruptedException {
    try {
      player.load(snapshot);
    } catch (IllegalArgumentException e) {
      refused.increment();
      LOG.warn("Snapshot {} of run {} is refused", snapshot.getVersion(), snapshot.getRun(), e);
      return;
    }
    EvaluationSummary found = play(snapshot, false);
    last = found;
    if (best == null || found.mean() > best.mean()) {
      best = found;
    }
    if (verdict == null && reachesThreshold(found)) {
      EvaluationSummary again = play(snapshot, true);
      confirmation = again;
      if (reachesThreshold(again)) {
        pronounce(snapshot, found, again);
      }
    }
  }

  private EvaluationSummary play(Snapshot snapshot, boolean confirming)
      throws InterruptedException {
    long firstSeed = Math.multiplyExact(snapshot.getVersion(), 2L * episodes);
    firstSeed += confirming ? episodes : 0;
    Instant begin = clock.instant();
    EpisodeResults results = player.play(firstSeed, episodes);
    Instant end = clock.instant();
    Evaluation evaluation =
        Evaluation.newBuilder()
            .setRun(snapshot.getRun())
            .setVersion(snapshot.getVersion())
            .setRunSteps(snapshot.getRunSteps())
            .setUpdates(snapshot.getUpdates())
            .setEvaluator(evaluator)
            .setGreedy(true)
            .setFirstSeed(firstSeed)
            .addAllReturns(DoubleStream.of(results.returns()).boxed().toList())
            .addAllLengths(LongStream.of(results.lengths()).boxed().toList())
            .setAtMicros(micros(end))
            .setConfirmation(confirming)
            .setDurationMicros(Math.max(0, ChronoUnit.MICROS.between(begin, end)))
            .build();
    evaluations.accept(evaluation);
    evaluated.increment();
    return EvaluationSummary.of(evaluation, results);
  }

  private boolean reachesThreshold(EvaluationSummary summary) {
    return threshold.isPresent() && summary.mean() >= threshold.getAsDouble();
  }

  private void pronounce(Snapshot snapshot, EvaluationSummary found, EvaluationSummary again) {
    RunVerdict solved =
        RunVerdict.newBuilder()
            .setRun(snapshot.getRun())
            .setVersion(snapshot.getVersion())
            .setRunSteps(snapshot.getRunSteps())
            .setMeanReturn(found.mean())
            .setConfirmedMeanReturn(again.mean())
            .setThreshold(threshold.orElseThrow())
            .setAtMicros(micros(clock.instant()))
            .build();
    verdicts.accept(solved);
    verdict = solved;
    LOG.info("Run {} is solved by version {}", snapshot.getRun(), snapshot.getVersion());
  }

  private static long micros(Instant time) {
    return ChronoUnit.MICROS.between(Instant.EPOCH, time);
  }

  /**
   * Where this stands.
   *
   * @param skipped snapshots that were never given to it
   */
  EvaluatorStatus status(String run, long skipped) {
    return new EvaluatorStatus(
        run, threshold, evaluated.sum(), skipped, refused.sum(), last, best, confirmation, verdict);
  }
}
