package dev.relive.cli.page;

import dev.relive.evaluator.EvaluationSummary;
import dev.relive.log.LogConnection;
import java.util.Collection;
import java.util.List;

/**
 * The run that a page shows.
 *
 * @param id the run's id
 * @param evaluations what evaluators find of it
 */
public record WatchedRun(LogConnection connection, String id, Evaluations evaluations) {

  /** A run whose evaluations this process does not read, and may have no right to. */
  public static WatchedRun withoutEvaluations(LogConnection connection, String id) {
    return new WatchedRun(connection, id, new NoEvaluations());
  }

  private static final class NoEvaluations implements Evaluations {
    @Override
    public Collection<EvaluationSummary> greedy() {
      return List.of();
    }

    @Override
    public Collection<EvaluationSummary> stochastic() {
      return List.of();
    }
  }

  /** What evaluators have found so far, by ascending versions, confirmations left out. */
  public interface Evaluations {

    Collection<EvaluationSummary> greedy();

    Collection<EvaluationSummary> stochastic();
  }
}
