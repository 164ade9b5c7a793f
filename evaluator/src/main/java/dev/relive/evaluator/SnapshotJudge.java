package dev.relive.evaluator;

import dev.relive.environments.EnvironmentFailure;
import dev.relive.log.wire.Evaluation;
import dev.relive.log.wire.RunVerdict;
import dev.relive.log.wire.Snapshot;
import java.time.Instant;
import java.time.InstantSource;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
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
 * range and, to confirm it, on {@code [2vn + n, 2vn + 2n)}; m stochastic ones on {@code [2⁶² + vm,
 * 2⁶² + vm + m)}.
 */
final class SnapshotJudge {
  private static final Logger LOG = LoggerFactory.getLogger(SnapshotJudge.class);

  private static final long FIRST_STOCHASTIC_SEED = 1L << 62;

  private final String evaluator;
  private final int episodes;
  private final int stochasticEpisodes;
  private final OptionalDouble threshold;
  private final SnapshotPlayer player;
  private final InstantSource clock;

  /**
   * A judge.
   *
   * @param evaluator the name to write in evaluations
   * @param episodes n
   * @param stochasticEpisodes m; 0: none are played
   * @param threshold the mean return to reach; empty: the run is never solved
   */
  SnapshotJudge(
      String evaluator,
      int episodes,
      int stochasticEpisodes,
      OptionalDouble threshold,
      SnapshotPlayer player,
      InstantSource clock) {
    this.evaluator = evaluator;
    this.episodes = episodes;
    this.stochasticEpisodes = stochasticEpisodes;
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
    List<Evaluation> found = new ArrayList<>();
    found.add(playGreedily(snapshot, false));
    RunVerdict verdict = null;
    if (reachesThreshold(found.get(0)) && !solved.getAsBoolean()) {
      found.add(playGreedily(snapshot, true));
      verdict = reachesThreshold(found.get(1)) ? solvedBy(found.get(0), found.get(1)) : null;
    }
    if (stochasticEpisodes > 0) {
      playStochastically(snapshot).ifPresent(found::add);
    }
    return new Judgement(found, verdict);
  }

  private Evaluation playGreedily(Snapshot snapshot, boolean confirming)
      throws InterruptedException {
    long firstSeed = Math.multiplyExact(snapshot.getVersion(), 2L * episodes);
    firstSeed += confirming ? episodes : 0;
    Instant begin = clock.instant();
    EpisodeResults results = player.playGreedily(firstSeed, episodes);
    return evaluation(snapshot, firstSeed, results, begin)
        .setGreedy(true)
        .setConfirmation(confirming)
        .build();
  }

  private Optional<Evaluation> playStochastically(Snapshot snapshot) throws InterruptedException {
    long firstSeed =
        FIRST_STOCHASTIC_SEED + Math.multiplyExact(snapshot.getVersion(), stochasticEpisodes);
    Instant begin = clock.instant();
    Optional<EpisodeResults> results = player.playStochastically(firstSeed, stochasticEpisodes);
    if (results.isEmpty()) {
      LOG.info(
          "Snapshot {} of run {} does not tell how much it explored, so it is evaluated greedily"
              + " alone",
          snapshot.getVersion(),
          snapshot.getRun());
    }
    return results.map(found -> evaluation(snapshot, firstSeed, found, begin).build());
  }

  private Evaluation.Builder evaluation(
      Snapshot snapshot, long firstSeed, EpisodeResults results, Instant begin) {
    Instant end = clock.instant();
    return Evaluation.newBuilder()
        .setRun(snapshot.getRun())
        .setVersion(snapshot.getVersion())
        .setRunSteps(snapshot.getRunSteps())
        .setUpdates(snapshot.getUpdates())
        .setEvaluator(evaluator)
        .setFirstSeed(firstSeed)
        .addAllReturns(DoubleStream.of(results.returns()).boxed().toList())
        .addAllLengths(LongStream.of(results.lengths()).boxed().toList())
        .setAtMicros(micros(end))
        .setDurationMicros(Math.max(0, ChronoUnit.MICROS.between(begin, end)));
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
