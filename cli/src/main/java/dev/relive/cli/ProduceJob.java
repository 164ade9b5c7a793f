package dev.relive.cli;

import dev.relive.cli.display.Measurement;
import dev.relive.cli.display.Numbers;
import dev.relive.cli.display.Section;
import dev.relive.cli.page.WatchedRun;
import dev.relive.log.LogConnection;
import dev.relive.producers.ProducerService;
import dev.relive.producers.ProducerStatus;
import dev.relive.service.Metrics;
import java.time.Clock;
import java.time.Duration;
import java.util.List;

/** A producer with its screen and its end. */
final class ProduceJob extends ServiceJob<ProducerService> {

  private final ProduceConfig config;
  private final ProducerSections producing = new ProducerSections();

  ProduceJob(ProduceConfig config, ServiceProcess process) {
    super(config.log(), config.endpoint(), config.onEnd(), process);
    this.config = config;
  }

  @Override
  ProducerService open(LogConnection connection, Metrics metrics) {
    return new ProducerService(config.producer(connection), metrics.registry(), Clock.systemUTC());
  }

  @Override
  String waiting() {
    return FollowOptions.waiting(config.run());
  }

  @Override
  String working() {
    return "stepping";
  }

  @Override
  boolean hasRun(ProducerService running) {
    return running.status().isPresent();
  }

  private static ProducerStatus status(ProducerService running) {
    return running.status().orElseThrow();
  }

  @Override
  String run(ProducerService running) {
    return status(running).run();
  }

  @Override
  void prepare(ProducerService running, LogConnection connection) {
    process().page().watch(WatchedRun.withoutEvaluations(connection, status(running).run()));
  }

  @Override
  List<String> title() {
    return List.of(config.name());
  }

  @Override
  List<String> title(ProducerService running) {
    return List.of(config.name(), "run " + status(running).run());
  }

  @Override
  List<Section> sections(ProducerService running, Duration now) {
    ProducerStatus status = status(running);
    List<Measurement> measures =
        status.epsilon() > 0 ? List.of(ProducerSections.exploration(status.epsilon())) : List.of();
    return List.of(
        producing.stepping(now, status),
        ProducerSections.training(status, measures),
        producing.producer(now, status));
  }

  @Override
  int exitCode(ProducerService done) {
    return ExitCode.SUCCESS;
  }

  @Override
  String conclusion(ProducerService closed, boolean runEnded) {
    ProducerStatus status = status(closed);
    String made =
        "%s steps in %s segments of this producer are in the log of run %s.\n"
            .formatted(
                Numbers.count(status.steps()),
                Numbers.count(status.segmentsAcknowledged()),
                status.run());
    return (runEnded ? "The run has ended: " : "Stopped: ") + made;
  }
}
