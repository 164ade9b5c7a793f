package dev.relive.evaluator;

import dev.relive.log.wire.Evaluation;
import dev.relive.service.Meter;
import dev.relive.service.Meters;
import io.prometheus.metrics.core.metrics.Histogram;
import io.prometheus.metrics.model.registry.PrometheusRegistry;
import java.time.InstantSource;
import java.util.Optional;
import java.util.function.Function;
import java.util.function.Supplier;
import java.util.function.ToDoubleFunction;
import org.jspecify.annotations.Nullable;

/**
 * An evaluator's meters. All but the durations are read from its status whenever Prometheus asks.
 */
final class EvaluatorMetrics {
  private static final double MILLIS_PER_SECOND = 1e3;
  private static final double MICROS_PER_SECOND = 1e6;
  private static final double[] DURATION_SECONDS = {0.01, 0.03, 0.1, 0.3, 1, 3, 10, 30, 100, 300};

  private final Meters meters;
  private final Supplier<Optional<EvaluatorStatus>> status;
  private final Histogram durations;
  private volatile double lastAtSeconds;

  /**
   * Registers the meters.
   *
   * @param status empty while the evaluator has no run; nothing is shown then
   * @param clock tells when the evaluator was made
   */
  EvaluatorMetrics(
      PrometheusRegistry registry,
      Supplier<Optional<EvaluatorStatus>> status,
      InstantSource clock) {
    lastAtSeconds = clock.millis() / MILLIS_PER_SECOND;
    this.meters = new Meters(registry);
    this.status = status;
    durations = meters.histogram(Meter.EVALUATOR_DURATION_SECONDS, DURATION_SECONDS);
    counter(Meter.EVALUATOR_EVALUATIONS, EvaluatorStatus::evaluations);
    counter(Meter.EVALUATOR_SNAPSHOTS_SKIPPED, EvaluatorStatus::skipped);
    counter(Meter.EVALUATOR_SNAPSHOTS_REFUSED, EvaluatorStatus::refused);
    gauge(Meter.EVALUATOR_ACTIVE, s -> s.active() ? 1.0 : 0.0);
    gauge(Meter.EVALUATOR_SOLVED, s -> s.verdict() == null ? 0.0 : 1.0);
    gauge(
        Meter.EVALUATOR_RETURN_THRESHOLD,
        s -> s.threshold().isPresent() ? s.threshold().getAsDouble() : null);
    gauge(Meter.EVALUATOR_LAST_TIMESTAMP_SECONDS, s -> lastAtSeconds);
    gauge(
        Meter.EVALUATOR_VERSION_LAG,
        s -> s.lag().isPresent() ? (double) s.lag().getAsLong() : null);
    last(Meter.EVALUATOR_RETURN_MEAN, EvaluationSummary::mean);
    last(Meter.EVALUATOR_RETURN_MEDIAN, EvaluationSummary::median);
    last(Meter.EVALUATOR_RETURN_CONFIDENCE_LOW, summary -> summary.interval().low());
    last(Meter.EVALUATOR_RETURN_CONFIDENCE_HIGH, summary -> summary.interval().high());
    last(Meter.EVALUATOR_RETURN_MIN, EvaluationSummary::least);
    last(Meter.EVALUATOR_RETURN_MAX, EvaluationSummary::most);
    last(Meter.EVALUATOR_RETURN_STANDARD_DEVIATION, EvaluationSummary::standardDeviation);
    last(Meter.EVALUATOR_LAST_VERSION, EvaluationSummary::version);
    of(Meter.EVALUATOR_BEST_RETURN_MEAN, EvaluatorStatus::best, EvaluationSummary::mean);
    of(Meter.EVALUATOR_BEST_VERSION, EvaluatorStatus::best, EvaluationSummary::version);
    of(
        Meter.EVALUATOR_STOCHASTIC_RETURN_MEAN,
        EvaluatorStatus::stochastic,
        EvaluationSummary::mean);
  }

  /** Takes note of when an evaluation was made and how long it took. */
  void evaluated(Evaluation evaluation) {
    lastAtSeconds = evaluation.getAtMicros() / MICROS_PER_SECOND;
    durations
        .labelValues(evaluation.getRun())
        .observe(evaluation.getDurationMicros() / MICROS_PER_SECOND);
  }

  private void counter(Meter meter, ToDoubleFunction<EvaluatorStatus> value) {
    meters.counter(
        meter,
        counter -> status.get().ifPresent(s -> counter.call(value.applyAsDouble(s), s.run())));
  }

  private void last(Meter meter, ToDoubleFunction<EvaluationSummary> value) {
    of(meter, EvaluatorStatus::last, value);
  }

  private void of(
      Meter meter,
      Function<EvaluatorStatus, @Nullable EvaluationSummary> which,
      ToDoubleFunction<EvaluationSummary> value) {
    gauge(
        meter,
        s -> {
          EvaluationSummary summary = which.apply(s);
          return summary == null ? null : value.applyAsDouble(summary);
        });
  }

  /** A gauge that is absent where the value is null. */
  private void gauge(Meter meter, Function<EvaluatorStatus, @Nullable Double> value) {
    meters.gauge(
        meter,
        gauge ->
            status
                .get()
                .ifPresent(
                    s -> {
                      Double known = value.apply(s);
                      if (known != null) {
                        gauge.call(known, s.run());
                      }
                    }));
  }
}
