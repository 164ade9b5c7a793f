package dev.relive.producers;

import dev.relive.agents.torch.DeviceChoice;
import dev.relive.log.LogConnection;
import dev.relive.log.WriterSettings;
import java.time.Duration;
import java.util.OptionalInt;
import org.jspecify.annotations.Nullable;

/**
 * What a producer is told.
 *
 * @param connection where the log is
 * @param run the run's id or label; null for the only active one
 * @param actor the producer's name, which no other producer of the run may have
 * @param lanes environments; empty for as many as the run's settings say
 * @param freeRunning whether to step without the learner's credit
 * @param device what the policy acts on
 * @param writer how much is in flight, and after how long a segment is in doubt
 * @param runTimeout how long to wait for the run
 * @param flushTimeout how long closing waits for what is in flight
 */
public record ProducerConfig(
    LogConnection connection,
    @Nullable String run,
    String actor,
    OptionalInt lanes,
    boolean freeRunning,
    DeviceChoice device,
    WriterSettings writer,
    Duration runTimeout,
    Duration flushTimeout) {
  public static final String DEFAULT_ACTOR = "producer";
  public static final Duration DEFAULT_RUN_TIMEOUT = Duration.ofMinutes(10);
  public static final Duration DEFAULT_FLUSH_TIMEOUT = Duration.ofSeconds(4);

  /**
   * Checks each value.
   *
   * @throws IllegalArgumentException naming the value and what is allowed
   */
  public ProducerConfig {
    if (actor.isBlank() || actor.indexOf('/') >= 0) {
      throw new IllegalArgumentException(
          "The producer's name is '%s', and must be a name without '/'.".formatted(actor));
    }
    if (lanes.isPresent() && lanes.getAsInt() < 1) {
      throw new IllegalArgumentException(
          "The producer's lanes are %d, and must be 1 or more.".formatted(lanes.getAsInt()));
    }
  }

  /** A producer of the only active run, with everything else as usual. */
  public static ProducerConfig of(LogConnection connection) {
    return new ProducerConfig(
        connection,
        null,
        DEFAULT_ACTOR,
        OptionalInt.empty(),
        false,
        DeviceChoice.CPU,
        WriterSettings.DEFAULT,
        DEFAULT_RUN_TIMEOUT,
        DEFAULT_FLUSH_TIMEOUT);
  }

  /** The same for a run by its id or label. */
  public ProducerConfig withRun(String idOrLabel) {
    return new ProducerConfig(
        connection, idOrLabel, actor, lanes, freeRunning, device, writer, runTimeout, flushTimeout);
  }
}
