package dev.relive.cli;

import dev.relive.agents.torch.DeviceChoice;
import dev.relive.cli.EndOptions.OnEnd;
import dev.relive.log.LogConnection;
import dev.relive.log.WriterSettings;
import dev.relive.producers.ProducerConfig;
import java.time.Duration;
import java.util.Optional;
import java.util.OptionalInt;

/**
 * Everything that the user decides about {@code relive produce}, checked.
 *
 * @param run by id or label; empty for the only active one
 * @param lanes empty for as many as the run's settings say
 */
record ProduceConfig(
    LogPlace log,
    Endpoint endpoint,
    Optional<String> run,
    String name,
    OptionalInt lanes,
    boolean freeRunning,
    DeviceChoice device,
    Duration runTimeout,
    Duration deliveryTimeout,
    OnEnd onEnd)
    implements ServiceConfig {

  ProducerConfig producer(LogConnection connection) {
    WriterSettings usual = WriterSettings.DEFAULT;
    return new ProducerConfig(
        connection,
        run.orElse(null),
        name,
        lanes,
        freeRunning,
        device,
        new WriterSettings(
            usual.segmentsInFlight(),
            usual.bytesInFlight(),
            usual.batchBytes(),
            usual.linger(),
            deliveryTimeout),
        runTimeout,
        ProducerConfig.DEFAULT_FLUSH_TIMEOUT);
  }
}
