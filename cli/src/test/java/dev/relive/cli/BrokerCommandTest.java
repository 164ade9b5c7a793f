package dev.relive.cli;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.relive.broker.BrokerAddress;
import dev.relive.log.LogAdmin;
import dev.relive.log.LogConnection;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Path;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class BrokerCommandTest {

  @Test
  void runsAKafkaUntilCtrlC(@TempDir Path directory) throws Exception {
    try (ChildProcess broker =
        ChildProcess.start(
            "broker", "--port=0", "--http-port=0", "--data-directory=" + directory)) {
      broker.awaitLine(line -> line.equals("Ctrl-C stops it."));
      String address = broker.find("Kafka listens on (\\S+) and keeps its log in " + directory);

      assertEquals(
          Optional.of(address), BrokerAddress.find(directory).map(BrokerAddress::toString));
      LogAdmin.open(LogConnection.to(address)).close();
      String http = broker.find("(http://\\S+) +has its metrics and health");
      assertTrue(read(http + "metrics").contains("\nrelive_broker_takes_experience 1.0\n"));
      assertEquals(
          "{\"ok\":true,\"checks\":[{\"name\":\"disk\",\"ok\":true}]}\n",
          read(http + "health/ready"));

      broker.interrupt();
      assertEquals(ExitCode.INTERRUPTED, broker.awaitEnd());
      assertTrue(broker.text().endsWith("Ctrl-C stops it.\nStopped; the log is whole.\n"));
      assertEquals("", broker.errors());
    }
  }

  private static String read(String uri) throws Exception {
    return HttpClient.newHttpClient()
        .send(HttpRequest.newBuilder(URI.create(uri)).build(), BodyHandlers.ofString(UTF_8))
        .body();
  }
}
