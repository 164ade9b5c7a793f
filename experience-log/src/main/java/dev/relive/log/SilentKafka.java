package dev.relive.log;

import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.time.Duration;
import java.util.List;
import org.apache.kafka.clients.ClientDnsLookup;
import org.apache.kafka.clients.ClientUtils;
import org.apache.kafka.clients.CommonClientConfigs;
import org.apache.kafka.common.config.ConfigException;

/**
 * An address at which no Kafka answers. One that wants TLS where the client speaks none, or the
 * other way round, hangs up without a word, so a look at the port tells more than the client does.
 */
final class SilentKafka {
  private static final int PROBE_MILLISECONDS = 1_000;
  private static final int MOST_PROBED = 3;

  private final String servers;
  private final String protocol;

  SilentKafka(LogConnection connection) {
    servers = connection.bootstrapServers();
    protocol =
        connection
            .clientProperties()
            .getOrDefault(
                CommonClientConfigs.SECURITY_PROTOCOL_CONFIG,
                CommonClientConfigs.DEFAULT_SECURITY_PROTOCOL);
  }

  /** What there is to say when nothing has come within {@code waited}. */
  String sentence(Duration waited) {
    String silence =
        "No Kafka broker answers at %s within %d seconds".formatted(servers, waited.toSeconds());
    return somebodyListens()
        ? silence
            + ", though somebody listens there: most likely it wants another security.protocol than"
            + " "
            + protocol
            + ", which is among the Kafka client properties."
        : silence + ".";
  }

  private boolean somebodyListens() {
    List<InetSocketAddress> addresses;
    try {
      addresses =
          ClientUtils.parseAndValidateAddresses(
              List.of(servers.split(",", -1)), ClientDnsLookup.USE_ALL_DNS_IPS);
    } catch (ConfigException e) {
      return false;
    }
    return addresses.stream().limit(MOST_PROBED).anyMatch(SilentKafka::isOpen);
  }

  private static boolean isOpen(InetSocketAddress address) {
    try (Socket socket = new Socket()) {
      socket.connect(address, PROBE_MILLISECONDS);
      return true;
    } catch (IOException e) {
      return false;
    }
  }
}
