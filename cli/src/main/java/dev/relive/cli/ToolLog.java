package dev.relive.cli;

import dev.relive.log.LogAdmin;
import dev.relive.log.LogConnection;
import dev.relive.service.ServiceGroup;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * The log that a {@link ToolCommand} works with, opened when it is first asked for. Where no broker
 * runs on the data directory, one does from then on for as long as the command.
 */
final class ToolLog {

  private final LogPlace place;
  private final ServiceGroup group;
  private @Nullable LogConnection connection;

  ToolLog(LogPlace place, ServiceGroup group) {
    this.place = place;
    this.group = group;
  }

  /** To a log that answers. */
  LogConnection connection() {
    if (connection == null) {
      connection = open();
    }
    return connection;
  }

  private LogConnection open() {
    Optional<String> address = place.address();
    LogConnection opened =
        place.connection(
            address.orElseGet(() -> OwnBroker.startOnLog(place, group).bootstrapServers()));
    LogAdmin.open(opened, place.brokerTimeout()).close();
    return opened;
  }
}
