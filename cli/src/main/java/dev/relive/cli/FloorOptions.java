package dev.relive.cli;

import dev.relive.broker.BrokerConfig;
import picocli.CommandLine.Option;

/** How far an embedded Kafka fills its disk. */
final class FloorOptions {

  @Option(
      names = "--free-disk-floor",
      paramLabel = "SIZE",
      converter = ByteSize.Converter.class,
      description = "With less of its disk free, the embedded Kafka takes no more experience.")
  private ByteSize floor = new ByteSize(BrokerConfig.USUAL_FLOOR);

  /** The floor in bytes. */
  long bytes() {
    if (floor.bytes() < BrokerConfig.LEAST_FLOOR) {
      throw new InvalidOption(
          "--free-disk-floor",
          floor,
          "at least %dMB, which Kafka itself and the ends of runs need"
              .formatted((BrokerConfig.LEAST_FLOOR + 999_999) / 1_000_000));
    }
    return floor.bytes();
  }
}
