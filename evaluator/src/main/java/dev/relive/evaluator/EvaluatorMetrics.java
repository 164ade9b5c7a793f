package dev.relive.evaluator;

import dev.relive.log.wire.Evaluation;
import io.prometheus.metrics.core.metrics.CounterWithCallback;
import io.prometheus.metrics.core.metrics.GaugeWithCallback;
import io.prometheus.metrics.core.metrics.Histogram;
import io.prometheus.metrics.model.registry.PrometheusRegistry;
import java.util.Optional;
import java.util.function.Function;
import java.util.function.Supplier;
import java.util.function.ToDoubleFunction;
import org.jspecify.annotations.Nullable;

/**
 * An evaluator's meters. All but the durations are read from its status whenever Prometheus asks.
 */
final class EvaluatorMetrics {
  private static final double MICROS_PER_SECOND = 1e6;

  private final PrometheusRegistry registry;
  private final Supplier<Optional<EvaluatorStatus>> status;
  private final Histogram durations;

  /**
   * Registers the meters.
   *
   * @param status empty while the evaluator has no run; nothing is shown then
   */
  EvaluatorMetrics(PrometheusRegistry registry, Supplier<Optional<EvaluatorStatus>> status) {
    this.registry = registry;
    this.status = status;
    durations =
        Histogram.builder()
            .name("relive_evaluator_duration_seconds")
            .help("Time that the episodes of an evaluation took.")
            .labelNames("run")
            .classicUpperBounds(0.01, 0.03, 0.1, 0.3, 1, 3, 10, 30, 100, 300)
            .register(registry);
    counter("evaluations", "Evaluations made.", EvaluatorStatus::evaluations);
    counter("snapshots_skipped", "Snapshots never evaluated.", EvaluatorStatus::skipped);
    counter("snapshots_refused", "Snapshots of no use.", EvaluatorStatus::refused);
    gauge("active", "1 if it evaluates the run, 0 if it stands by.", s -> s.active() ? 1 : 0);
    gauge("solved", "1 once the run is solved.", s -> s.verdict() == null ? 0 : 1);
    returns("return_mean", "Mean return.", EvaluatorStatus::last, EvaluationSummary::mean);
    returns("return_median", "Median return.", EvaluatorStatus::last, EvaluationSummary::median);
    returns(
        "return_confidence_low",
        "Lower end of the mean return's 95 % confidence interval.",
        EvaluatorStatus::last,
        s -> s.interval().low());
    returns(
        "return_confidence_high",
        "Upper end of the mean return's 95 % confidence interval.",
        EvaluatorStatus::last,
        s -> s.interval().high());
    returns("return_min", "Smallest return.", EvaluatorStatus::last, EvaluationSummary::least);
    returns("return_max", "Largest return.", EvaluatorStatus::last, EvaluationSummary::most);
    returns(
        "return_standard_deviation",
        "Spread of the returns.",
        EvaluatorStatus::last,
        EvaluationSummary::standardDeviation);
    returns(
        "best_return_mean", "Best mean return.", EvaluatorStatus::best, EvaluationSummary::mean);
    returns("best_version", "Version with it.", EvaluatorStatus::best, s -> (double) s.version());
    returns(
        "stochastic_return_mean",
        "Mean return of a policy that acts as in training.",
        EvaluatorStatus::stochastic,
        EvaluationSummary::mean);
    returns(
        "last_version",
        "Version evaluated last.",
        EvaluatorStatus::last,
        s -> (double) s.version());
    lag();
  }

  /** Takes note of how long an evaluation took. */
  void evaluated(Evaluation evaluation) {
    durations
        .labelValues(evaluation.getRun())
        .observe(evaluation.getDurationMicros() / MICROS_PER_SECOND);
  }

  private void counter(String name, String help, ToDoubleFunction<EvaluatorStatus> value) {
    CounterWithCallback.builder()
        .name("relive_evaluator_" + name)
        .help(help)
        .labelNames("run")
        .callback(
            callback -> status.get().ifPresent(s -> callback.call(value.applyAsDouble(s), s.run())))
        .register(registry);
  }

  private void gauge(String name, String help, ToDoubleFunction<EvaluatorStatus> value) {
    GaugeWithCallback.builder()
        .name("relive_evaluator_" + name)
        .help(help)
        .labelNames("run")
        .callback(
            callback -> status.get().ifPresent(s -> callback.call(value.applyAsDouble(s), s.run())))
        .register(registry);
  }

  private void lag() {
    GaugeWithCallback.builder()
        .name("relive_evaluator_version_lag")
        .help("Versions from the snapshot evaluated last to the newest.")
        .labelNames("run")
        .callback(
            callback ->
                status
                    .get()
                    .ifPresent(s -> s.lag().ifPresent(lag -> callback.call((double) lag, s.run()))))
        .register(registry);
  }

  /** A gauge that is absent before the first evaluation. */
  private void returns(
      String name,
      String help,
      Function<EvaluatorStatus, @Nullable EvaluationSummary> which,
      ToDoubleFunction<EvaluationSummary> value) {
    GaugeWithCallback.builder()
        .name("relive_evaluator_" + name)
        .help(help)
        .labelNames("run")
        .callback(
            callback ->
                status
                    .get()
                    .ifPresent(
                        s -> {
                          EvaluationSummary summary = which.apply(s);
                          if (summary != null) {
                            callback.call(value.applyAsDouble(summary), s.run());
                          }
                        }))
        .register(registry);
  }
}
