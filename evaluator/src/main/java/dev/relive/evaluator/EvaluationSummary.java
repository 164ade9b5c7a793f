package dev.relive.evaluator;

import dev.relive.log.wire.Evaluation;

/**
 * What an evaluation found. Where a return is NaN, so is what follows from it.
 *
 * @param version the snapshot's
 * @param runSteps transitions that the run had ingested when the snapshot was made
 * @param updates updates made until then
 * @param greedy whether the policy did what it prefers; else it acted as in training
 * @param confirmation whether it repeats the version's evaluation on fresh seeds
 * @param episodes how many were played
 * @param mean mean undiscounted return
 * @param median the return in the middle
 * @param standardDeviation of the returns, around their own mean
 * @param least the smallest return
 * @param most the largest return
 * @param interval where the mean over all seeds lies with 95 % confidence
 */
public record EvaluationSummary(
    long version,
    long runSteps,
    long updates,
    boolean greedy,
    boolean confirmation,
    int episodes,
    double mean,
    double median,
    double standardDeviation,
    double least,
    double most,
    BootstrapInterval interval) {

  /** The summary of an evaluation. */
  public static EvaluationSummary of(Evaluation evaluation) {
    EpisodeResults results = EpisodeResults.of(evaluation);
    return new EvaluationSummary(
        evaluation.getVersion(),
        evaluation.getRunSteps(),
        evaluation.getUpdates(),
        evaluation.getGreedy(),
        evaluation.getConfirmation(),
        evaluation.getReturnsCount(),
        results.mean(),
        results.median(),
        results.standardDeviation(),
        results.least(),
        results.most(),
        BootstrapInterval.ofMean(results.returns()));
  }
}
