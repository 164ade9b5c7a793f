package dev.relive.cli;

import dev.relive.broker.BrokerConfig;
import dev.relive.broker.EmbeddedBroker;
import dev.relive.log.LogAdmin;
import dev.relive.service.ServiceGroup;
import dev.relive.service.UserException;
import java.nio.file.Files;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The embedded Kafka of a command that needs one for itself. */
final class OwnBroker {

  private static final Logger LOGGER = LoggerFactory.getLogger(OwnBroker.class);

  private OwnBroker() {}

  /**
   * Starts it on a data directory that holds a log.
   *
   * @throws UserException if there is none
   */
  static EmbeddedBroker startOnLog(LogPlace place, ServiceGroup group) {
    if (!Files.isDirectory(place.dataDirectory().resolve("kafka"))) {
      throw new UserException(
          "The data directory %s holds no log; --data-directory names another, and --bootstrap-servers a Kafka."
              .formatted(place.dataDirectory()));
    }
    return start(place, BrokerConfig.USUAL_FLOOR, group);
  }

  /**
   * Starts it on the data directory. Whoever had a transaction open there before was killed with
   * the broker that it was open on, so such transactions are aborted: they would hold back readers.
   *
   * @param freeDiskFloor in bytes
   * @param group takes it over
   */
  static EmbeddedBroker start(LogPlace place, long freeDiskFloor, ServiceGroup group) {
    BrokerConfig config = BrokerConfig.in(place.dataDirectory()).withFreeDiskFloor(freeDiskFloor);
    EmbeddedBroker broker = group.add("broker", EmbeddedBroker.start(config));
    try (LogAdmin admin = LogAdmin.open(place.connection(broker.bootstrapServers()))) {
      int aborted = admin.abortOpenTransactions();
      if (aborted > 0) {
        LOGGER.info("Aborted {} transactions that a killed process had left open", aborted);
      }
    }
    return broker;
  }
}
