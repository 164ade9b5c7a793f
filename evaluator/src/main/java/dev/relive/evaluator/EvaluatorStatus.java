package dev.relive.evaluator;

import dev.relive.log.wire.RunVerdict;
import java.util.OptionalDouble;
import java.util.OptionalLong;
import org.jspecify.annotations.Nullable;

/**
 * Where an evaluator stands, for the screen and for metrics.
 *
 * @param run the run's id
 * @param threshold the mean return from which on the run counts as solved; empty: it never does
 * @param active whether this evaluator is the one that evaluates the run; the others stand by
 * @param evaluations evaluations made, confirmations included
 * @param skipped snapshots that a newer one replaced before they could be evaluated
 * @param refused snapshots that could not be used
 * @param newestVersion the newest snapshot's, evaluated or not; 0 before the first
 * @param last the last greedy evaluation that was no confirmation; null before the first
 * @param best the one with the highest mean of all in the run's log, whoever made it; null before
 *     the first
 * @param confirmation the last confirmation; null before the first
 * @param stochastic the last one that acted as in training; null before the first
 * @param verdict the run's; null while it is not solved
 */
public record EvaluatorStatus(
    String run,
    OptionalDouble threshold,
    boolean active,
    long evaluations,
    long skipped,
    long refused,
    long newestVersion,
    @Nullable EvaluationSummary last,
    @Nullable EvaluationSummary best,
    @Nullable EvaluationSummary confirmation,
    @Nullable EvaluationSummary stochastic,
    @Nullable RunVerdict verdict) {

  /**
   * How many versions the newest snapshot is ahead of the one that this evaluator evaluated last;
   * empty where it stands by, or has evaluated none.
   */
  public OptionalLong lag() {
    return active && last != null
        ? OptionalLong.of(Math.max(0, newestVersion - last.version()))
        : OptionalLong.empty();
  }
}
