package dev.relive.evaluator;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNull;

import dev.relive.log.wire.Evaluation;
import dev.relive.log.wire.RunVerdict;
import dev.relive.log.wire.Snapshot;
import java.time.Clock;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import java.util.Optional;
import java.util.OptionalDouble;
import org.junit.jupiter.api.Test;

/** Two episodes an evaluation, a threshold of 10, and a player with scripted returns. */
class SnapshotJudgeTest {
  private static final Clock CLOCK = Clock.fixed(Instant.ofEpochSecond(3), ZoneOffset.UTC);

  private final Script script = new Script();

  @Test
  void aSnapshotBelowTheThresholdIsEvaluatedOnce() throws InterruptedException {
    script.plays(9, 10.5);

    Judgement found = judge(OptionalDouble.of(10)).judge(snapshot(3), () -> false);

    assertEquals(
        new Judgement(
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
            null),
        found);
  }

  @Test
  void theThresholdReachedTwiceSolvesTheRun() throws InterruptedException {
    script.plays(9, 11).plays(10, 12);

    Judgement found = judge(OptionalDouble.of(10)).judge(snapshot(5), () -> false);

    List<Evaluation> evaluations = found.evaluations();
    assertEquals(List.of(20L, 22L), evaluations.stream().map(Evaluation::getFirstSeed).toList());
    assertEquals(
        List.of(false, true), evaluations.stream().map(Evaluation::getConfirmation).toList());
    assertEquals(
        RunVerdict.newBuilder()
            .setRun("run")
            .setVersion(5)
            .setRunSteps(500)
            .setMeanReturn(10)
            .setConfirmedMeanReturn(11)
            .setThreshold(10)
            .setAtMicros(3_000_000)
            .build(),
        found.verdict());
  }

  @Test
  void aConfirmationThatFailsSolvesNothing() throws InterruptedException {
    script.plays(12, 12).plays(9, 9);

    Judgement found = judge(OptionalDouble.of(10)).judge(snapshot(1), () -> false);

    assertEquals(2, found.evaluations().size());
    assertNull(found.verdict());
  }

  @Test
  void aSolvedRunIsEvaluatedButNotSolvedAgain() throws InterruptedException {
    script.plays(12, 12);

    Judgement found = judge(OptionalDouble.of(10)).judge(snapshot(2), () -> true);

    assertEquals(1, found.evaluations().size());
    assertNull(found.verdict());
  }

  @Test
  void stochasticEpisodesComeLastOnSeedsOfTheirOwnAndDecideNothing() throws InterruptedException {
    script.plays(9, 9).plays(1e3, 1e3);

    Judgement found =
        new SnapshotJudge("judge", 2, 3, OptionalDouble.of(10), script, CLOCK)
            .judge(snapshot(7), () -> false);

    assertEquals(
        List.of(true, false), found.evaluations().stream().map(Evaluation::getGreedy).toList());
    assertEquals((1L << 62) + 21, found.evaluations().get(1).getFirstSeed());
    assertNull(found.verdict());
  }

  @Test
  void aReturnThatIsNoNumberSolvesNothing() throws InterruptedException {
    script.plays(1e9, Double.NaN);

    Judgement found = judge(OptionalDouble.of(10)).judge(snapshot(1), () -> false);

    assertEquals(1, found.evaluations().size());
    assertNull(found.verdict());
  }

  @Test
  void withoutThresholdNothingIsEverSolved() throws InterruptedException {
    script.plays(1e9, 1e9);

    Judgement found = judge(OptionalDouble.empty()).judge(snapshot(1), () -> false);

    assertEquals(1, found.evaluations().size());
    assertNull(found.verdict());
  }

  @Test
  void aSnapshotOfNoUseIsRefusedAndTheNextOneEvaluated() throws InterruptedException {
    SnapshotJudge judge = judge(OptionalDouble.of(10));
    script.plays(1, 1);

    assertEquals(
        Judgement.REFUSED,
        judge.judge(snapshot(1).toBuilder().setAlgorithm("damaged").build(), () -> false));
    assertEquals(1, judge.judge(snapshot(2), () -> false).evaluations().size());
  }

  private SnapshotJudge judge(OptionalDouble threshold) {
    return new SnapshotJudge("judge", 2, 0, threshold, script, CLOCK);
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
    public EpisodeResults playGreedily(long firstSeed, int count) {
      assertEquals(2, count);
      return results.remove();
    }

    @Override
    public Optional<EpisodeResults> playStochastically(long firstSeed, int count) {
      assertEquals(3, count);
      return Optional.of(results.remove());
    }
  }
}
