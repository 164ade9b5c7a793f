package dev.relive.evaluator;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.relive.log.wire.Evaluation;
import dev.relive.log.wire.RunVerdict;
import java.util.List;
import java.util.OptionalDouble;
import java.util.OptionalLong;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

class EvaluationTallyTest {
  private final EvaluationTally tally = new EvaluationTally("run", OptionalDouble.of(10));

  @Test
  void keepsTheLastTheBestAndTheConfirmation() {
    tally.add(new Judgement(List.of(evaluation(1, false, 12), evaluation(1, true, 9)), null));
    tally.add(Judgement.REFUSED);
    tally.add(new Judgement(List.of(evaluation(3, false, 11, 12)), null));

    EvaluatorStatus status = tally.status(true, 4);

    assertEquals(3, status.evaluations());
    assertEquals(1, status.refused());
    assertEquals(4, status.skipped());
    assertSummary(3, 11.5, status.last());
    assertSummary(1, 12, status.best());
    assertSummary(1, 9, status.confirmation());
    assertNull(status.verdict());
  }

  @Test
  void theBestIsOfAllInTheLogAndGreedyAndANumber() {
    tally.logged(evaluation(1, false, Double.NaN));
    tally.logged(evaluation(2, false, 7));
    tally.logged(evaluation(3, false, 9, Double.NaN));
    tally.logged(evaluation(4, true, 20));
    tally.logged(evaluation(5, false, 20).toBuilder().setGreedy(false).build());
    tally.logged(evaluation(6, false, 7));

    EvaluatorStatus status = tally.status(false, 0);

    assertSummary(2, 7, status.best());
    assertNull(status.last());
    assertEquals(0, status.evaluations());
  }

  @Test
  void keepsTheLastStochasticOneApart() {
    Evaluation stochastic = evaluation(3, false, 30).toBuilder().setGreedy(false).build();
    tally.add(new Judgement(List.of(evaluation(3, false, 12), stochastic), null));

    EvaluatorStatus status = tally.status(true, 0);

    assertSummary(3, 12, status.last());
    assertSummary(3, 12, status.best());
    assertSummary(3, 30, status.stochastic());
  }

  @Test
  void knowsTheVerdictWhoeverFoundIt() {
    RunVerdict verdict = RunVerdict.newBuilder().setRun("run").setVersion(2).build();
    assertFalse(tally.isSolved());
    tally.know(verdict);
    tally.know(null);

    assertTrue(tally.isSolved());
    assertEquals(verdict, tally.status(false, 0).verdict());
  }

  @Test
  void theLagIsThatOfWhoeverEvaluates() {
    tally.snapshotAppeared(7);
    assertEquals(OptionalLong.empty(), tally.status(true, 0).lag());

    tally.add(new Judgement(List.of(evaluation(3, false, 11)), null));

    assertEquals(OptionalLong.of(4), tally.status(true, 0).lag());
    assertEquals(OptionalLong.empty(), tally.status(false, 0).lag());
  }

  private static Evaluation evaluation(long version, boolean confirmation, double... returns) {
    Evaluation.Builder evaluation =
        Evaluation.newBuilder()
            .setRun("run")
            .setVersion(version)
            .setGreedy(true)
            .setConfirmation(confirmation);
    for (double each : returns) {
      evaluation.addReturns(each).addLengths(1);
    }
    return evaluation.build();
  }

  private static void assertSummary(
      long version, double mean, @Nullable EvaluationSummary summary) {
    assertNotNull(summary);
    assertEquals(version, summary.version());
    assertEquals(mean, summary.mean());
  }
}
