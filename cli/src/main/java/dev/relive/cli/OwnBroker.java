package dev.relive.cli;

import dev.relive.broker.BrokerConfig;
import dev.relive.broker.EmbeddedBroker;
import dev.relive.log.LogAdmin;
import dev.relive.service.ServiceGroup;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The embedded Kafka of a command that needs one for itself. */
final class OwnBroker {

  private static final Logger LOGGER = LoggerFactory.getLogger(OwnBroker.class);

  private OwnBroker() {}

  /**
   * Starts it on the data directory. Whoever had a transaction open there before was killed with
   * the broker that it was open on, so such transactions are aborted: they would hold back readers.
   *
   * @param group takes it over
   */
  static EmbeddedBroker start(LogPlace place, ServiceGroup group) {
    EmbeddedBroker broker =
        group.add("broker", EmbeddedBroker.start(BrokerConfig.in(place.dataDirectory())));
    try (LogAdmin admin = LogAdmin.open(place.connection(broker.bootstrapServers()))) {
      int aborted = admin.abortOpenTransactions();
      if (aborted > 0) {
        LOGGER.info("Aborted {} transactions that a killed process had left open", aborted);
      }
    }
    return broker;
  }
}
