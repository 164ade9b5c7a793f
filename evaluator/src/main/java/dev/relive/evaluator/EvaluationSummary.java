package dev.relive.evaluator;

import dev.relive.log.wire.Evaluation;

/**
 * What an evaluation found.
 *
 * @param version the snapshot's
 * @param runSteps transitions that the run had ingested when the snapshot was made
 * @param updates updates made until then
 * @param confirmation whether it repeats the version's evaluation on fresh seeds
 * @param episodes how many were played
 * @param mean mean undiscounted return
 * @param standardDeviation of the returns, around their own mean
 * @param least the smallest return
 * @param most the largest return
 */
public record EvaluationSummary(
    long version,
    long runSteps,
    long updates,
    boolean confirmation,
    int episodes,
    double mean,
    double standardDeviation,
    double least,
    double most) {

  static EvaluationSummary of(Evaluation evaluation) {
    EpisodeResults results = EpisodeResults.of(evaluation);
    return new EvaluationSummary(
        evaluation.getVersion(),
        evaluation.getRunSteps(),
        evaluation.getUpdates(),
        evaluation.getConfirmation(),
        evaluation.getReturnsCount(),
        results.mean(),
        results.standardDeviation(),
        results.least(),
        results.most());
  }
}
