package dev.relive.evaluator;

import dev.relive.environments.EnvironmentFailure;
import dev.relive.log.wire.Evaluation;
import dev.relive.log.wire.RunVerdict;
import dev.relive.log.wire.Snapshot;
import java.time.Clock;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.OptionalDouble;
import java.util.function.BooleanSupplier;
import java.util.stream.DoubleStream;
import java.util.stream.LongStream;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Evaluates snapshots of one run: plays each, plays one that reaches the threshold again on fresh
 * seeds, and when it reaches it there too, finds the run solved.
 *
 * <p>Every snapshot is played on seeds of its own, so that no choice among snapshots can favour the
 * seeds they are judged by: version v with n episodes on {@code [2vn, 2vn + n)} of the evaluation
 * range and, to confirm it, on {@code [2vn + n, 2vn + 2n)}.
 */
final class SnapshotJudge {
  private static final Logger LOG = LoggerFactory.getLogger(SnapshotJudge.class);

  private final String evaluator;
  private final int episodes;
  private final OptionalDouble threshold;
  private final SnapshotPlayer player;
  private final Clock clock;

  /**
   * A judge.
   *
   * @param evaluator the name to write in evaluations
   * @param episodes n
   * @param threshold the mean return to reach; empty: the run is never solved
   */
  SnapshotJudge(
      String evaluator,
      int episodes,
      OptionalDouble threshold,
      SnapshotPlayer player,
      Clock clock) {
    this.evaluator = evaluator;
    this.episodes = episodes;
    this.threshold = threshold;
    this.player = player;
    this.clock = clock;
  }

  /**
   * Does all that is due for a snapshot.
   *
   * @param solved whether the run is solved already, asked where that matters
   */
  Judgement judge(Snapshot snapshot, BooleanSupplier solved) throws InterruptedException {
    try {
      player.load(snapshot);
    } catch (IllegalArgumentException e) {
      LOG.warn("Snapshot {} of run {} is refused", snapshot.getVersion(), snapshot.getRun(), e);
      return Judgement.REFUSED;
    }
    try {
      return judgement(snapshot, solved);
    } catch (EnvironmentFailure e) {
      LOG.warn(
          "Snapshot {} of run {} is not evaluated", snapshot.getVersion(), snapshot.getRun(), e);
      return Judgement.REFUSED;
    }
  }

  private Judgement judgement(Snapshot snapshot, BooleanSupplier solved)
      throws InterruptedException {
    Evaluation found = play(snapshot, false);
    if (!reachesThreshold(found) || solved.getAsBoolean()) {
      return new Judgement(List.of(found), null);
    }
    Evaluation again = play(snapshot, true);
    return new Judgement(
        List.of(found, again), reachesThreshold(again) ? solvedBy(found, again) : null);
  }

  private Evaluation play(Snapshot snapshot, boolean confirming) throws InterruptedException {
    long firstSeed = Math.multiplyExact(snapshot.getVersion(), 2L * episodes);
    firstSeed += confirming ? episodes : 0;
    Instant begin = clock.instant();
    EpisodeResults results = player.play(firstSeed, episodes);
    Instant end = clock.instant();
    return Evaluation.newBuilder()
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
  }

  private boolean reachesThreshold(Evaluation evaluation) {
    return threshold.isPresent() && mean(evaluation) >= threshold.getAsDouble();
  }

  private static double mean(Evaluation evaluation) {
    return EpisodeResults.of(evaluation).mean();
  }

  private RunVerdict solvedBy(Evaluation found, Evaluation again) {
    return RunVerdict.newBuilder()
        .setRun(found.getRun())
        .setVersion(found.getVersion())
        .setRunSteps(found.getRunSteps())
        .setMeanReturn(mean(found))
        .setConfirmedMeanReturn(mean(again))
        .setThreshold(threshold.orElseThrow())
        .setAtMicros(micros(clock.instant()))
        .build();
  }

  private static long micros(Instant time) {
    return ChronoUnit.MICROS.between(Instant.EPOCH, time);
  }
}
