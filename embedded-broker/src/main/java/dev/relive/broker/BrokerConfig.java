package dev.relive.broker;

import dev.relive.service.UserException;
import java.nio.file.Path;

/**
 * Where an embedded broker keeps its log and where it listens.
 *
 * @param directory created if missing; Kafka's own files lie below it in {@code kafka}
 * @param port on 127.0.0.1, 1 to 65535, or 0 for a free one
 * @param freeDiskFloor how much of the disk, in bytes, experience does not take: while less is
 *     free, the broker takes no more of it
 */
public record BrokerConfig(Path directory, int port, long freeDiskFloor) {

  /** One gigabyte. */
  public static final long USUAL_FLOOR = 1_000_000_000;

  /** What checkpoints, Progress and evaluations need to come to an end, and Kafka itself. */
  public static final long LEAST_FLOOR = 2 * DirectoryFailure.MINIMUM_FREE_BYTES;

  public BrokerConfig {
    if (port < 0 || port > 65_535) {
      throw new UserException(
          "The broker's port is " + port + ", but a port is 1 to 65535, or 0 for a free one.");
    }
    if (freeDiskFloor < LEAST_FLOOR) {
      throw new UserException(
          "The broker's free-disk floor is %d bytes, but it must be at least %d."
              .formatted(freeDiskFloor, LEAST_FLOOR));
    }
  }

  /** A broker with the usual floor. */
  public BrokerConfig(Path directory, int port) {
    this(directory, port, USUAL_FLOOR);
  }

  /** A broker on a free port, with the usual floor. */
  public static BrokerConfig in(Path directory) {
    return new BrokerConfig(directory, 0, USUAL_FLOOR);
  }

  public BrokerConfig withPort(int newPort) {
    return new BrokerConfig(directory, newPort, freeDiskFloor);
  }

  public BrokerConfig withFreeDiskFloor(long newFloor) {
    return new BrokerConfig(directory, port, newFloor);
  }
}
