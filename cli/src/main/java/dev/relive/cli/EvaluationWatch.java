package dev.relive.cli;

import dev.relive.cli.display.Evaluations.Evaluated;
import dev.relive.cli.page.WatchedRun;
import dev.relive.evaluator.EvaluationSummary;
import dev.relive.log.LogConnection;
import dev.relive.log.RunFeeds;
import dev.relive.log.wire.Evaluation;
import dev.relive.service.ServiceGroup;
import java.util.Collection;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentSkipListMap;
import java.util.function.Consumer;
import reactor.core.Disposable;

/** What the evaluators of a run publish, as it comes out of the log. */
final class EvaluationWatch implements WatchedRun.Evaluations, AutoCloseable {

  private final Map<Long, EvaluationSummary> greedy = new ConcurrentSkipListMap<>();
  private final Map<Long, EvaluationSummary> stochastic = new ConcurrentSkipListMap<>();
  private final Map<Long, CompletableFuture<Evaluated>> awaited = new ConcurrentHashMap<>();
  private final Disposable subscription;

  private EvaluationWatch(RunFeeds feeds, String run, Consumer<Throwable> onFailure) {
    subscription = feeds.evaluations(run).subscribe(this::add, onFailure);
  }

  /**
   * Follows a run.
   *
   * @param group takes the watch over, and fails with it
   */
  static EvaluationWatch open(LogConnection connection, String run, ServiceGroup group) {
    return group.add(
        "evaluations", new EvaluationWatch(new RunFeeds(connection), run, group::fail));
  }

  private void add(Evaluation evaluation) {
    if (!evaluation.getGreedy()) {
      stochastic.put(evaluation.getVersion(), EvaluationSummary.of(evaluation));
    } else if (!evaluation.getConfirmation()) {
      greedy.put(evaluation.getVersion(), EvaluationSummary.of(evaluation));
      CompletableFuture<Evaluated> waiting = awaited.get(evaluation.getVersion());
      if (waiting != null) {
        waiting.complete(summary(evaluation));
      }
    }
  }

  /** All greedy evaluations so far by version, confirmations left out. */
  List<Evaluated> all() {
    return greedy.values().stream().map(EvaluationWatch::evaluated).toList();
  }

  /** The same with all that is known of them. */
  @Override
  public Collection<EvaluationSummary> greedy() {
    return Collections.unmodifiableCollection(greedy.values());
  }

  /** All evaluations so far by version that acted as in training. */
  @Override
  public Collection<EvaluationSummary> stochastic() {
    return Collections.unmodifiableCollection(stochastic.values());
  }

  /** Completes with the evaluation of a version, now or when it comes. */
  CompletableFuture<Evaluated> evaluation(long version) {
    CompletableFuture<Evaluated> waiting =
        awaited.computeIfAbsent(version, unused -> new CompletableFuture<>());
    EvaluationSummary there = greedy.get(version);
    if (there != null) {
      waiting.complete(evaluated(there));
    }
    return waiting;
  }

  @Override
  public void close() {
    subscription.dispose();
  }

  /** What greedy evaluations found, those left out that confirm one. */
  static List<Evaluated> summaries(List<Evaluation> evaluations) {
    return evaluations.stream()
        .filter(evaluation -> evaluation.getGreedy() && !evaluation.getConfirmation())
        .map(EvaluationWatch::summary)
        .toList();
  }

  private static Evaluated evaluated(EvaluationSummary summary) {
    return new Evaluated(
        summary.version(), summary.runSteps(), summary.mean(), summary.standardDeviation());
  }

  /** The mean return, and the standard deviation of the returns. */
  static Evaluated summary(Evaluation evaluation) {
    Collection<Double> returns = evaluation.getReturnsList();
    double mean = returns.stream().mapToDouble(Double::doubleValue).average().orElse(Double.NaN);
    double variance =
        returns.stream().mapToDouble(r -> (r - mean) * (r - mean)).average().orElse(Double.NaN);
    return new Evaluated(
        evaluation.getVersion(), evaluation.getRunSteps(), mean, Math.sqrt(variance));
  }
}
