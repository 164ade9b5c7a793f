package dev.relive.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.relive.broker.BrokerAddress;
import dev.relive.log.LogAdmin;
import dev.relive.log.LogConnection;
import java.nio.file.Path;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class BrokerCommandTest {

  @Test
  void runsAKafkaUntilCtrlC(@TempDir Path directory) throws Exception {
    try (ChildProcess broker =
        ChildProcess.start("broker", "--port=0", "--data-directory=" + directory)) {
      broker.awaitLine(line -> line.equals("Ctrl-C stops it."));
      String address = broker.find("Kafka listens on (\\S+) and keeps its log in " + directory);

      assertEquals(
          Optional.of(address), BrokerAddress.find(directory).map(BrokerAddress::toString));
      LogAdmin.open(LogConnection.to(address)).close();

      broker.interrupt();
      assertEquals(ExitCode.INTERRUPTED, broker.awaitEnd());
      assertTrue(broker.text().endsWith("Ctrl-C stops it.\nStopped; the log is whole.\n"));
      assertEquals("", broker.errors());
    }
  }
}
