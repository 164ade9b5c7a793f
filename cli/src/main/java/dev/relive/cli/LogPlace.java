package dev.relive.cli;

import dev.relive.broker.BrokerAddress;
import dev.relive.broker.EmbeddedBroker;
import dev.relive.log.LogConnection;
import dev.relive.log.LogException;
import dev.relive.log.WritingRefusedException;
import dev.relive.service.UserException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import java.util.TreeSet;

/**
 * Where the log is, as the user says.
 *
 * @param dataDirectory of the broker to use where no other is named, and of log messages
 * @param servers the Kafka to use instead
 * @param topicPrefix what the names of all topics begin with
 * @param clientProperties of the Kafka clients; may hold secrets, so they are never printed
 * @param brokerTimeout how long to wait for a Kafka that is not there yet
 */
record LogPlace(
    Path dataDirectory,
    Optional<String> servers,
    String topicPrefix,
    Map<String, String> clientProperties,
    Duration brokerTimeout) {

  LogPlace {
    clientProperties = Map.copyOf(clientProperties);
  }

  /**
   * Says what can be said against the connection before anything starts.
   *
   * @throws UserException naming what is not allowed
   */
  void check() {
    try {
      var unused = connection(servers.orElse("not known yet"));
    } catch (LogException e) {
      throw new UserException(String.valueOf(e.getMessage()), ExitCode.USAGE, e);
    }
  }

  /** The Kafka's address, as far as it is known now. */
  Optional<String> address() {
    return servers.or(() -> BrokerAddress.find(dataDirectory).map(BrokerAddress::bootstrapServers));
  }

  LogConnection connection(String bootstrapServers) {
    return new LogConnection(bootstrapServers, topicPrefix, clientProperties);
  }

  /** Why there is no address, as a sentence. */
  UserException noBroker() {
    return new UserException(
        "No broker runs on the data directory %s; start one with `relive broker`, or name a Kafka with --bootstrap-servers."
            .formatted(dataDirectory));
  }

  /** Why Kafka took no experience, as exactly as can be known here. */
  RuntimeException explained(WritingRefusedException refusal) {
    return servers
        .<RuntimeException>map(elsewhere -> refusal)
        .or(
            () ->
                EmbeddedBroker.refusal(dataDirectory)
                    .map(sentence -> new UserException(sentence, refusal)))
        .orElse(refusal);
  }

  /** The names of the clients' properties; what they are may be secret. */
  void describe(PrintedConfig printed) {
    new TreeSet<>(clientProperties.keySet())
        .forEach(name -> printed.add("kafka-config " + name, "(hidden)", "--kafka-config"));
  }

  /** As the screen shows it: no client property is part of it. */
  @Override
  public String toString() {
    return servers.orElse(dataDirectory.toString());
  }
}
