package dev.relive.broker;

import dev.relive.service.UserException;
import java.nio.file.Path;

/**
 * Where an embedded broker keeps its log and where it listens.
 *
 * @param directory created if missing; Kafka's own files lie below it in {@code kafka}
 * @param port on 127.0.0.1, 1 to 65535, or 0 for a free one
 */
public record BrokerConfig(Path directory, int port) {

  public BrokerConfig {
    if (port < 0 || port > 65_535) {
      throw new UserException(
          "The broker's port is " + port + ", but a port is 1 to 65535, or 0 for a free one.");
    }
  }

  /** A broker on a free port. */
  public static BrokerConfig in(Path directory) {
    return new BrokerConfig(directory, 0);
  }

  public BrokerConfig withPort(int newPort) {
    return new BrokerConfig(directory, newPort);
  }
}
