package dev.relive.evaluator;

import dev.relive.log.wire.RunVerdict;
import java.util.OptionalDouble;
import org.jspecify.annotations.Nullable;

/**
 * Where an evaluator stands, for the screen and for metrics.
 *
 * @param run the run's id
 * @param threshold the mean return from which on the run counts as solved; empty: it never does
 * @param evaluations evaluations made, confirmations included
 * @param skipped snapshots that a newer one replaced before they could be evaluated
 * @param refused snapshots that could not be used
 * @param last the last evaluation that was no confirmation; null before the first
 * @param best the one with the highest mean; null before the first
 * @param confirmation the last confirmation; null before the first
 * @param verdict the run's; null while it is not solved
 */
public record EvaluatorStatus(
    String run,
    OptionalDouble threshold,
    long evaluations,
    long skipped,
    long refused,
    @Nullable EvaluationSummary last,
    @Nullable EvaluationSummary best,
    @Nullable EvaluationSummary confirmation,
    @Nullable RunVerdict verdict) {}
