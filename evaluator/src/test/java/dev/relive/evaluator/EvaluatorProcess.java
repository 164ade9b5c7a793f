package dev.relive.evaluator;

import dev.relive.agents.torch.DeviceChoice;
import dev.relive.log.LogConnection;
import dev.relive.service.Metrics;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.util.Map;

/** An evaluator in a process of its own, which a test may kill. */
final class EvaluatorProcess {
  /** What it prints when it begins to play. */
  static final String EVALUATING = "evaluating";

  private EvaluatorProcess() {}

  /** Starts it; it plays so many episodes that it is at its first snapshot until it is killed. */
  static Process start(LogConnection connection, String run, String name) throws IOException {
    return new ProcessBuilder(
            Path.of(System.getProperty("java.home"), "bin", "java").toString(),
            "-XX:+UseSerialGC",
            "-XX:TieredStopAtLevel=1",
            "-cp",
            System.getProperty("java.class.path"),
            EvaluatorProcess.class.getName(),
            connection.bootstrapServers(),
            connection.prefix(),
            run,
            name)
        .redirectError(ProcessBuilder.Redirect.INHERIT)
        .start();
  }

  public static void main(String[] arguments) throws Exception {
    LogConnection connection = new LogConnection(arguments[0], arguments[1], Map.of());
    EvaluatorConfig config =
        new EvaluatorConfig(
            connection,
            arguments[2],
            arguments[3],
            10_000_000,
            0,
            1,
            DeviceChoice.CPU,
            Duration.ofMinutes(1),
            false);
    try (EvaluatorService evaluator =
        new EvaluatorService(config, new Metrics(), new TellingClock())) {
      evaluator.start();
      evaluator.completion().get();
    }
  }

  /** An evaluation begins with a look at the clock. */
  private static final class TellingClock extends Clock {
    @Override
    public Instant instant() {
      System.out.println(EVALUATING);
      return Instant.now();
    }

    @Override
    public ZoneId getZone() {
      return ZoneOffset.UTC;
    }

    @Override
    public Clock withZone(ZoneId zone) {
      return this;
    }
  }
}
