package dev.relive.log;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.time.Duration;
import java.util.Map;
import org.junit.jupiter.api.Test;

class LogConnectionTest {
  @Test
  void refusesPropertiesThatPromisesRestOn() {
    LogException e =
        assertThrows(
            LogException.class,
            () ->
                new LogConnection(
                    "localhost:9092", "relive", Map.of("acks", "1", "isolation.level", "x")));
    assertEquals(
        "The Kafka client properties set acks, isolation.level, which Relive decides itself.",
        e.getMessage());
  }

  @Test
  void refusesAPrefixThatKafkaCannotName() {
    LogException e =
        assertThrows(LogException.class, () -> new LogConnection("h:1", "a b", Map.of()));
    assertEquals(
        "The topic prefix 'a b' must be 1 to 100 letters, digits, '.', '_' or '-'.",
        e.getMessage());
  }

  @Test
  void printsNoSecrets() {
    LogConnection connection =
        new LogConnection(
            "localhost:9092", "relive", Map.of("sasl.jaas.config", "password=\"secret\""));
    assertFalse(connection.toString().contains("secret"), connection.toString());
  }

  @Test
  void saysThatNoBrokerAnswers() throws IOException {
    try (ServerSocket silent = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      String address = "127.0.0.1:" + silent.getLocalPort();
      LogException e =
          assertThrows(
              LogException.class,
              () -> LogAdmin.open(LogConnection.to(address), Duration.ofSeconds(1)));
      assertEquals(
          "No Kafka broker answers at %s within 1 seconds, though somebody listens there: most likely it wants another security.protocol than PLAINTEXT, which is among the Kafka client properties."
              .formatted(address),
          e.getMessage());
    }
  }

  @Test
  void saysThatAnAddressIsNone() {
    LogException e =
        assertThrows(LogException.class, () -> LogAdmin.open(LogConnection.to("no-such-port")));
    assertTrue(String.valueOf(e.getMessage()).contains("no-such-port"), e.getMessage());
  }

  @Test
  void saysWhichFileOfItsCertificatesIsMissing() {
    LogConnection connection =
        new LogConnection(
            "localhost:9093",
            "relive",
            Map.of(
                "security.protocol",
                "SSL",
                "ssl.truststore.type",
                "PEM",
                "ssl.truststore.location",
                "/nowhere/ca.crt"));

    LogException e = assertThrows(LogException.class, () -> LogAdmin.open(connection));

    assertEquals(
        "No Kafka client can be made for localhost:9093: Failed to load PEM SSL keystore"
            + " /nowhere/ca.crt",
        e.getMessage());
  }

  @Test
  void saysThatTheKeyOfItsCertificateIsMissing() {
    LogConnection connection =
        new LogConnection(
            "localhost:9093",
            "relive",
            Map.of(
                "security.protocol",
                "SSL",
                "ssl.keystore.type",
                "PEM",
                "ssl.keystore.certificate.chain",
                "none",
                "ssl.keystore.key",
                "none"));

    LogException e = assertThrows(LogException.class, () -> LogAdmin.open(connection));

    assertEquals(
        "No Kafka client can be made for localhost:9093: Invalid PEM keystore configs: No matching"
            + " PRIVATE KEY entries in PEM file",
        e.getMessage());
  }
}
