package dev.relive.log;

import dev.relive.log.Finding.Place;
import dev.relive.log.wire.Evaluation;
import dev.relive.log.wire.RunVerdict;
import java.time.Duration;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * Checks the evaluations of a run: one of a snapshot, perhaps confirmed, perhaps a stochastic one
 * besides, and the verdict.
 */
final class EvaluationAudit {
  /**
   * After so long Kafka forgets where a group without members stood, and the newest is played
   * again.
   */
  private static final long GROUP_FORGOTTEN = Duration.ofDays(7).toMillis() * 1_000;

  private final String run;
  private final Findings findings;
  private final TreeMap<Long, Found> evaluations = new TreeMap<>();
  private final TreeMap<Long, Found> confirmations = new TreeMap<>();

  private final TreeMap<Long, Found> stochastic = new TreeMap<>();

  private record Found(double mean, long atMicros, Place place) {}

  EvaluationAudit(String run, Findings findings) {
    this.run = run;
    this.findings = findings;
  }

  /** The run's next evaluation in log order. */
  void add(Evaluation evaluation, Place place) {
    double mean =
        evaluation.getReturnsList().stream().mapToDouble(Double::doubleValue).average().orElse(0);
    Found found = new Found(mean, evaluation.getAtMicros(), place);
    boolean again = evaluation.getConfirmation();
    TreeMap<Long, Found> kind =
        !evaluation.getGreedy() ? stochastic : again ? confirmations : evaluations;
    Found before = kind.put(evaluation.getVersion(), found);
    if (before != null && found.atMicros - before.atMicros < GROUP_FORGOTTEN) {
      add(
          FindingKind.EVALUATION,
          place,
          "Snapshot %d of run %s is %s a second time at offset %d."
              .formatted(
                  evaluation.getVersion(), run, again ? "confirmed" : "evaluated", place.offset()));
    }
  }

  /** All has been read. */
  void end(@Nullable RunVerdict verdict, WeightsAudit weights) {
    for (Map.Entry<Long, Found> each : evaluations.entrySet()) {
      if (!weights.hasSnapshot(each.getKey())) {
        add(
            FindingKind.EVALUATION,
            each.getValue().place,
            "Run %s has an evaluation of snapshot %d, which is not in the log."
                .formatted(run, each.getKey()));
      }
    }
    for (Map.Entry<Long, Found> each : confirmations.entrySet()) {
      if (!evaluations.containsKey(each.getKey())) {
        add(
            FindingKind.EVALUATION,
            each.getValue().place,
            "Run %s has a confirmation of snapshot %d without its evaluation."
                .formatted(run, each.getKey()));
      }
    }
    if (verdict != null) {
      check(verdict);
    }
  }

  private void check(RunVerdict verdict) {
    Found first = evaluations.get(verdict.getVersion());
    Found second = confirmations.get(verdict.getVersion());
    if (first == null || second == null) {
      add(
          FindingKind.VERDICT,
          Place.ofRun(run),
          "The verdict that snapshot %d solves run %s has no %s in the log."
              .formatted(verdict.getVersion(), run, first == null ? "evaluation" : "confirmation"));
    } else if (differs(first.mean, verdict.getMeanReturn())
        || differs(second.mean, verdict.getConfirmedMeanReturn())) {
      add(
          FindingKind.VERDICT,
          Place.ofRun(run),
          "The verdict that snapshot %d solves run %s states mean returns of %s and %s, and its evaluations have %s and %s."
              .formatted(
                  verdict.getVersion(),
                  run,
                  verdict.getMeanReturn(),
                  verdict.getConfirmedMeanReturn(),
                  first.mean,
                  second.mean));
    }
  }

  private static boolean differs(double one, double other) {
    return Math.abs(one - other) > 1e-9 * Math.max(1, Math.abs(one));
  }

  private void add(FindingKind kind, Place place, String sentence) {
    findings.add(kind, place, sentence);
  }

  int evaluations() {
    return evaluations.size();
  }
}
