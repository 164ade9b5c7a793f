package dev.relive.cli;

import static java.util.Objects.requireNonNull;

import dev.relive.cli.display.Evaluations;
import dev.relive.cli.display.Evaluator;
import dev.relive.cli.display.Numbers;
import dev.relive.cli.display.Section;
import dev.relive.cli.page.WatchedRun;
import dev.relive.evaluator.EvaluatorService;
import dev.relive.evaluator.EvaluatorStatus;
import dev.relive.log.LogConnection;
import dev.relive.log.wire.RunVerdict;
import dev.relive.service.Metrics;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** An evaluator with its screen and its end. */
final class EvaluateJob extends ServiceJob<EvaluatorService> {

  private final EvaluateConfig config;
  private volatile @Nullable EvaluationWatch evaluations;

  EvaluateJob(EvaluateConfig config, ServiceProcess process) {
    super(config.log(), config.endpoint(), config.onEnd(), process);
    this.config = config;
  }

  @Override
  EvaluatorService open(LogConnection connection, Metrics metrics) {
    return new EvaluatorService(config.evaluator(connection), metrics, Clock.systemUTC());
  }

  @Override
  String waiting() {
    return FollowOptions.waiting(config.run());
  }

  @Override
  String working() {
    return "evaluating";
  }

  @Override
  boolean hasRun(EvaluatorService running) {
    return running.status().isPresent();
  }

  private static EvaluatorStatus status(EvaluatorService running) {
    return running.status().orElseThrow();
  }

  @Override
  void prepare(EvaluatorService running, LogConnection connection) {
    String run = status(running).run();
    EvaluationWatch watch = EvaluationWatch.open(connection, run, process().group());
    evaluations = watch;
    process().page().watch(new WatchedRun(connection, run, watch));
  }

  @Override
  String run(EvaluatorService running) {
    return status(running).run();
  }

  @Override
  List<String> title() {
    return List.of(config.name());
  }

  @Override
  List<String> title(EvaluatorService running) {
    return List.of(config.name(), "run " + status(running).run());
  }

  @Override
  List<Section> sections(EvaluatorService running, Duration now) {
    EvaluatorStatus status = status(running);
    return List.of(
        new Evaluations(
            requireNonNull(evaluations, "evaluations is null").all(),
            status.threshold().orElse(Double.NaN)),
        new Evaluator(status.evaluations(), status.skipped(), status.refused()));
  }

  @Override
  int exitCode(EvaluatorService done) {
    return status(done).verdict() == null ? ExitCode.UNSOLVED : ExitCode.SUCCESS;
  }

  @Override
  String conclusion(EvaluatorService closed, boolean runEnded) {
    EvaluatorStatus status = status(closed);
    RunVerdict verdict = status.verdict();
    if (verdict != null) {
      return "Run %s is solved by version %d of step %s: mean return %s, and %s on fresh seeds.\n"
          .formatted(
              status.run(),
              verdict.getVersion(),
              Numbers.count(verdict.getRunSteps()),
              Numbers.mean(verdict.getMeanReturn()),
              Numbers.mean(verdict.getConfirmedMeanReturn()));
    }
    return "%s after %s evaluations by this evaluator; run %s is not solved.\n"
        .formatted(
            runEnded ? "The run has ended," : "Stopped",
            Numbers.count(status.evaluations()),
            status.run());
  }
}
