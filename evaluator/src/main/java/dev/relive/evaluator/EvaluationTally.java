package dev.relive.evaluator;

import dev.relive.log.wire.Evaluation;
import dev.relive.log.wire.RunVerdict;
import java.util.OptionalDouble;
import java.util.concurrent.atomic.LongAdder;
import org.jspecify.annotations.Nullable;

/**
 * What an evaluator has written so far, and the best that anyone has. What it wrote is told by one
 * thread, what stands in the log by another, and any may read.
 */
final class EvaluationTally {
  private final String run;
  private final OptionalDouble threshold;
  private final LongAdder evaluations = new LongAdder();
  private final LongAdder refused = new LongAdder();
  private volatile long newestVersion;
  private volatile @Nullable EvaluationSummary last;
  private volatile @Nullable EvaluationSummary best;
  private volatile @Nullable EvaluationSummary confirmation;
  private volatile @Nullable EvaluationSummary stochastic;
  private volatile @Nullable RunVerdict verdict;

  EvaluationTally(String run, OptionalDouble threshold) {
    this.run = run;
    this.threshold = threshold;
  }

  /** Adds what this evaluator has written now. */
  void add(Judgement judgement) {
    refused.add(judgement.evaluations().isEmpty() ? 1 : 0);
    for (Evaluation evaluation : judgement.evaluations()) {
      evaluations.increment();
      add(evaluation);
      logged(evaluation);
    }
    know(judgement.verdict());
  }

  private void add(Evaluation evaluation) {
    EvaluationSummary summary = EvaluationSummary.of(evaluation);
    if (!summary.greedy()) {
      stochastic = summary;
    } else if (summary.confirmation()) {
      confirmation = summary;
    } else {
      last = summary;
    }
  }

  /**
   * Takes note of an evaluation in the run's log, whoever wrote it and when: the best is known
   * again after a restart.
   */
  synchronized void logged(Evaluation evaluation) {
    double mean = EpisodeResults.of(evaluation).mean();
    boolean counts = evaluation.getGreedy() && !evaluation.getConfirmation() && !Double.isNaN(mean);
    if (counts && (best == null || mean > best.mean())) {
      best = EvaluationSummary.of(evaluation);
    }
  }

  /** Takes note of the run's verdict, whoever found it; null changes nothing. */
  void know(@Nullable RunVerdict found) {
    if (found != null) {
      verdict = found;
    }
  }

  /** Takes note of the newest snapshot's version, evaluated or not. */
  void snapshotAppeared(long version) {
    newestVersion = version;
  }

  boolean isSolved() {
    return verdict != null;
  }

  /**
   * Where the evaluator stands.
   *
   * @param active whether it is the one that evaluates the run
   * @param skipped snapshots that it passed over
   */
  EvaluatorStatus status(boolean active, long skipped) {
    return new EvaluatorStatus(
        run,
        threshold,
        active,
        evaluations.sum(),
        skipped,
        refused.sum(),
        newestVersion,
        last,
        best,
        confirmation,
        stochastic,
        verdict);
  }
}
