package dev.relive.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import dev.relive.service.Health;
import dev.relive.service.HttpEndpoint;
import dev.relive.service.Metrics;
import dev.relive.service.UserException;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

final class EndpointTest {

  private static final String HERE = "127.0.0.1";

  private final Metrics metrics = new Metrics();
  private final ServerSocket taken = new ServerSocket(0, 1, InetAddress.getLoopbackAddress());

  EndpointTest() throws IOException {}

  @AfterEach
  void close() throws IOException {
    taken.close();
    metrics.close();
  }

  @Test
  void takesAFreePortWhereTheUsualOneIsTaken() throws IOException {
    int usual = taken.getLocalPort();
    try (HttpEndpoint other = new Endpoint(HERE, Port.usual(usual)).open(metrics, new Health())) {
      assertNotEquals(usual, other.uri().getPort());
    }
    taken.close();
    try (HttpEndpoint first = new Endpoint(HERE, Port.usual(usual)).open(metrics, new Health())) {
      assertEquals(usual, first.uri().getPort());
    }
  }

  @Test
  void takesNoOtherPortThanTheOneStated() {
    Endpoint stated = new Endpoint(HERE, new Port(taken.getLocalPort(), true));
    assertThrows(UserException.class, () -> stated.open(metrics, new Health()).close());
  }
}
