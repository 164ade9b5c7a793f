package dev.relive.producers;

import dev.relive.agents.torch.DeviceChoice;
import dev.relive.log.LogConnection;
import dev.relive.log.WriterSettings;
import io.prometheus.metrics.model.registry.PrometheusRegistry;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.util.Map;
import java.util.OptionalInt;

/** A producer without need of credit in a process of its own, which a test may kill. */
final class ProducerProcess {
  private ProducerProcess() {}

  static Process start(LogConnection connection, String run, String actor) throws IOException {
    return new ProcessBuilder(
            Path.of(System.getProperty("java.home"), "bin", "java").toString(),
            "-XX:+UseSerialGC",
            "-XX:TieredStopAtLevel=1",
            "-cp",
            System.getProperty("java.class.path"),
            ProducerProcess.class.getName(),
            connection.bootstrapServers(),
            connection.prefix(),
            run,
            actor)
        .inheritIO()
        .start();
  }

  public static void main(String[] arguments) throws Exception {
    LogConnection connection = new LogConnection(arguments[0], arguments[1], Map.of());
    ProducerConfig config =
        new ProducerConfig(
            connection,
            arguments[2],
            arguments[3],
            OptionalInt.empty(),
            true,
            DeviceChoice.CPU,
            WriterSettings.DEFAULT,
            Duration.ofMinutes(1),
            Duration.ofSeconds(1));
    try (ProducerService producer =
        new ProducerService(config, new PrometheusRegistry(), Clock.systemUTC())) {
      producer.start();
      producer.completion().get();
    }
  }
}
