package dev.relive.evaluator;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.relive.log.wire.Evaluation;
import dev.relive.log.wire.RunVerdict;
import dev.relive.log.wire.Snapshot;
import java.time.Clock;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.OptionalDouble;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/** Two episodes an evaluation, a threshold of 10, and a player with scripted returns. */
class RunEvaluationTest {
  private static final Clock CLOCK = Clock.fixed(Instant.ofEpochSecond(3), ZoneOffset.UTC);

  private final List<Evaluation> evaluations = new ArrayList<>();
  private final List<RunVerdict> verdicts = new ArrayList<>();
  private final Script script = new Script();

  @Test
  void aSnapshotBelowTheThresholdIsEvaluatedOnce() throws InterruptedException {
    RunEvaluation run = evaluation(OptionalDouble.of(10), null);
    script.plays(9, 10.5);

    run.evaluate(snapshot(3));

    assertEquals(
        List.of(
            Evaluation.newBuilder()
                .setRun("run")
                .setVersion(3)
                .setRunSteps(300)
                .setUpdates(30)
                .setEvaluator("judge")
                .setGreedy(true)
                .setFirstSeed(3 * 2 * 2)
                .addReturns(9)
                .addReturns(10.5)
                .addLengths(1)
                .addLengths(2)
                .setAtMicros(3_000_000)
                .build()),
        evaluations);
    assertTrue(verdicts.isEmpty());
  }

  @Test
  void theThresholdReachedTwiceSolvesTheRun() throws InterruptedException {
    RunEvaluation run = evaluation(OptionalDouble.of(10), null);
    script.plays(9, 11).plays(10, 12);

    run.evaluate(snapshot(5));

    assertEquals(List.of(20L, 22L), evaluations.stream().map(Evaluation::getFirstSeed).toList());
    assertEquals(
        List.of(false, true), evaluations.stream().map(Evaluation::getConfirmation).toList());
    assertEquals(
        List.of(
            RunVerdict.newBuilder()
                .setRun("run")
                .setVersion(5)
                .setRunSteps(500)
                .setMeanReturn(10)
                .setConfirmedMeanReturn(11)
                .setThreshold(10)
                .setAtMicros(3_000_000)
                .build()),
        verdicts);
  }

  @Test
  void aConfirmationThatFailsSolvesNothingAndTheNextSnapshotMay() throws InterruptedException {
    RunEvaluation run = evaluation(OptionalDouble.of(10), null);
    script.plays(12, 12).plays(9, 9).plays(11, 11).plays(10, 10);

    run.evaluate(snapshot(1));
    assertTrue(verdicts.isEmpty());
    run.evaluate(snapshot(2));

    assertEquals(1, verdicts.size());
    EvaluatorStatus status = run.status("run", 4);
    assertEquals(4, status.evaluations());
    assertEquals(4, status.skipped());
    assertMean(11, 2, status.last());
    assertMean(12, 1, status.best());
    assertMean(10, 2, status.confirmation());
    assertEquals(verdicts.get(0), status.verdict());
  }

  @Test
  void theVerdictIsWrittenOnceAndLaterSnapshotsAreStillEvaluated() throws InterruptedException {
    RunEvaluation run = evaluation(OptionalDouble.of(10), null);
    script.plays(12, 12).plays(12, 12).plays(13, 13);

    run.evaluate(snapshot(1));
    run.evaluate(snapshot(2));

    assertEquals(3, evaluations.size());
    assertEquals(1, verdicts.size());
  }

  @Test
  void aRunSolvedBeforeIsNotSolvedAgain() throws InterruptedException {
    RunVerdict before = RunVerdict.newBuilder().setRun("run").setVersion(1).build();
    RunEvaluation run = evaluation(OptionalDouble.of(10), before);
    script.plays(12, 12);

    run.evaluate(snapshot(2));

    assertEquals(1, evaluations.size());
    assertTrue(verdicts.isEmpty());
    assertEquals(before, run.status("run", 0).verdict());
  }

  @Test
  void withoutThresholdNothingIsEverSolved() throws InterruptedException {
    RunEvaluation run = evaluation(OptionalDouble.empty(), null);
    script.plays(1e9, 1e9);

    run.evaluate(snapshot(1));

    assertEquals(1, evaluations.size());
    assertTrue(verdicts.isEmpty());
  }

  @Test
  void aSnapshotOfNoUseIsRefusedAndTheNextOneEvaluated() throws InterruptedException {
    RunEvaluation run = evaluation(OptionalDouble.of(10), null);
    script.plays(1, 1);

    run.evaluate(snapshot(1).toBuilder().setAlgorithm("damaged").build());
    assertNull(run.status("run", 0).last());
    run.evaluate(snapshot(2));

    assertEquals(1, run.status("run", 0).refused());
    assertEquals(List.of(2L), evaluations.stream().map(Evaluation::getVersion).toList());
  }

  private static void assertMean(
      double mean, long version, @Nullable EvaluationSummary evaluation) {
    assertNotNull(evaluation);
    assertEquals(mean, evaluation.mean());
    assertEquals(version, evaluation.version());
  }

  private RunEvaluation evaluation(OptionalDouble threshold, @Nullable RunVerdict verdict) {
    return new RunEvaluation(
        "judge", 2, threshold, verdict, script, evaluations::add, verdicts::add, CLOCK);
  }

  private static Snapshot snapshot(long version) {
    return Snapshot.newBuilder()
        .setRun("run")
        .setVersion(version)
        .setRunSteps(100 * version)
        .setUpdates(10 * version)
        .build();
  }

  private static final class Script implements SnapshotPlayer {
    private final Deque<EpisodeResults> results = new ArrayDeque<>();

    Script plays(double... returns) {
      results.add(new EpisodeResults(returns, new long[] {1, 2}));
      return this;
    }

    @Override
    public void load(Snapshot snapshot) {
      if (snapshot.getAlgorithm().equals("damaged")) {
        throw new IllegalArgumentException("The weights are damaged.");
      }
    }

    @Override
    public EpisodeResults play(long firstSeed, int count) {
      assertEquals(2, count);
      return results.remove();
    }
  }
}
