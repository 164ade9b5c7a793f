package dev.relive.evaluator;

import dev.relive.log.wire.Evaluation;
import dev.relive.log.wire.RunVerdict;
import java.util.OptionalDouble;
import java.util.concurrent.atomic.LongAdder;
import org.jspecify.annotations.Nullable;

/** What an evaluator has written so far, told by one thread and read by any. */
final class EvaluationTally {
  private final String run;
  private final OptionalDouble threshold;
  private final LongAdder evaluations = new LongAdder();
  private final LongAdder refused = new LongAdder();
  private volatile long newestVersion;
  private volatile @Nullable EvaluationSummary last;
  private volatile @Nullable EvaluationSummary best;
  private volatile @Nullable EvaluationSummary confirmation;
  private volatile @Nullable RunVerdict verdict;

  EvaluationTally(String run, OptionalDouble threshold) {
    this.run = run;
    this.threshold = threshold;
  }

  /** Adds what is in the log now. */
  void add(Judgement judgement) {
    refused.add(judgement.evaluations().isEmpty() ? 1 : 0);
    for (Evaluation evaluation : judgement.evaluations()) {
      evaluations.increment();
      add(EvaluationSummary.of(evaluation));
    }
    know(judgement.verdict());
  }

  private void add(EvaluationSummary summary) {
    if (summary.confirmation()) {
      confirmation = summary;
    } else {
      last = summary;
      best = best == null || summary.mean() > best.mean() ? summary : best;
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
        verdict);
  }
}
