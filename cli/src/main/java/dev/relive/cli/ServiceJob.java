package dev.relive.cli;

import static java.util.Objects.requireNonNull;

import dev.relive.cli.EndOptions.OnEnd;
import dev.relive.cli.display.ProgressView;
import dev.relive.cli.display.Section;
import dev.relive.learner.RunEndedException;
import dev.relive.log.LogConnection;
import dev.relive.log.Run;
import dev.relive.log.RunRegistry;
import dev.relive.log.wire.RunSpec;
import dev.relive.service.Metrics;
import dev.relive.service.Service;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * One service with its screen and its end. It waits for a Kafka, then for the run, so that services
 * may be started in any order.
 */
abstract class ServiceJob<S extends Service> implements Job {

  private final LogPlace log;
  private final Endpoint endpoint;
  private final OnEnd onEnd;
  private final ServiceProcess process;
  private volatile @Nullable S service;
  private volatile boolean found;
  private volatile boolean ended;
  private volatile String unworked = "Stopped before there was a run.";

  ServiceJob(LogPlace log, Endpoint endpoint, OnEnd onEnd, ServiceProcess process) {
    this.log = log;
    this.endpoint = endpoint;
    this.onEnd = onEnd;
    this.process = process;
  }

  /** The service, not started. */
  abstract S open(LogConnection connection, Metrics metrics);

  /** What it does before it has a run. */
  abstract String waiting();

  /** What it does once it has. */
  abstract String working();

  /** Whether the service has its run. */
  abstract boolean hasRun(S running);

  /** The id of the run that it has. */
  abstract String run(S running);

  /** Prepares what the sections need besides. Called once, when the service has its run. */
  void prepare(S running, LogConnection connection) {}

  /** What is worked on before there is a run. */
  abstract List<String> title();

  /** What is worked on. */
  abstract List<String> title(S running);

  abstract List<Section> sections(S running, Duration now);

  /** The end of a service whose run has ended. */
  abstract int exitCode(S done);

  /** What there is to say of it. */
  abstract String conclusion(S closed, boolean runEnded);

  final ServiceProcess process() {
    return process;
  }

  @Override
  public final int run() throws Exception {
    Metrics metrics = process.openMetrics(endpoint);
    Optional<LogConnection> connection = process.connect(log, metrics);
    if (connection.isEmpty()) {
      return ExitCode.INTERRUPTED;
    }
    process.setActivity(waiting());
    S opened = open(connection.get(), metrics);
    try {
      int exitCode = work(process.group().start(opened), connection.get(), metrics);
      if (ended && onEnd == OnEnd.STAY) {
        stay(run(opened), connection.get(), metrics);
      }
      return exitCode;
    } catch (RunEndedException e) {
      if (onEnd != OnEnd.STAY) {
        throw e;
      }
      unworked = String.valueOf(e.getMessage());
      stay(e.run(), connection.get(), metrics);
      return ExitCode.SUCCESS;
    }
  }

  private int work(S started, LogConnection connection, Metrics metrics) throws Exception {
    service = started;
    if (!process.awaitThat(() -> hasRun(started))) {
      return ExitCode.INTERRUPTED;
    }
    RunMetrics.register(metrics.registry(), spec(connection, run(started)));
    prepare(started, connection);
    found = true;
    process.setReady();
    process.setActivity(working());
    ended = process.group().await(started.completion());
    process.setActivity(ended ? "ended" : "stopping");
    return ended ? exitCode(started) : ExitCode.INTERRUPTED;
  }

  /** Returns when a stop is requested, or somebody goes on with the run. */
  private void stay(String run, LogConnection connection, Metrics metrics) throws Exception {
    // What stands still for ever would be taken for a run that hangs.
    metrics.registry().clear();
    process.setReady();
    process.setActivity("waiting: run " + run + " has ended");
    RunRegistry runs = process.group().add("runs", new RunRegistry(connection));
    process.group().await(runs.watch(run).filter(Run::isActive).next().toFuture());
  }

  private static RunSpec spec(LogConnection connection, String run) {
    try (RunRegistry runs = new RunRegistry(connection)) {
      return runs.find(run).spec();
    }
  }

  @Override
  public final ProgressView view() {
    Duration now = process.stopwatch().elapsed();
    S running = found ? requireNonNull(service, "service is null") : null;
    return new ProgressView(
        running == null ? title() : title(running),
        process.activity(),
        now,
        running == null ? List.of() : sections(running, now),
        log.toString(),
        process.pageAddress());
  }

  @Override
  public final String conclusion() {
    return found ? conclusion(requireNonNull(service, "service is null"), ended) : unworked + "\n";
  }
}
