package dev.relive.broker;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.relive.service.UserException;
import java.io.BufferedReader;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A broker in another process, under load. */
class BrokerProcessTest {

  private final Path directory;
  private final Path errors;
  private Process process;
  private BufferedReader output;

  BrokerProcessTest(@TempDir Path temporary) {
    directory = temporary.resolve("data");
    errors = temporary.resolve("errors");
  }

  @BeforeEach
  void startProgram() throws IOException {
    process =
        new ProcessBuilder(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-Xmx512m",
                "-XX:+UseSerialGC",
                "-XX:TieredStopAtLevel=1",
                "-cp",
                System.getProperty("java.class.path"),
                "-Dlog.file=" + System.getProperty("user.dir") + "/target/test-program.log",
                BrokerProgram.class.getName(),
                directory.toString())
            .redirectError(errors.toFile())
            .start();
    output = process.inputReader();
  }

  @AfterEach
  void endProgram() throws Exception {
    process.destroyForcibly().waitFor();
    output.close();
  }

  @Test
  void isFoundByItsDirectoryWhichNobodyElseGets() throws Exception {
    String address = output.readLine();
    assertEquals(
        Optional.of(address), BrokerAddress.find(directory).map(BrokerAddress::bootstrapServers));
    UserException refusal =
        assertThrows(
            UserException.class, () -> EmbeddedBroker.start(BrokerConfig.in(directory)).close());
    assertEquals(
        "The data directory %s is in use by process %d, whose broker listens on %s."
            .formatted(directory, process.pid(), address),
        refusal.getMessage());
    assertTrue(process.isAlive());
  }

  @Test
  void keepsEveryAcknowledgedRecordWhenKilled() throws Exception {
    String address = output.readLine();
    long acknowledged = readUntil(20_000);
    // Unlike Process.destroy, a handle leaves the output open: some of it is still in the pipe.
    process.toHandle().destroyForcibly();
    acknowledged = Math.max(acknowledged, readUntil(Long.MAX_VALUE));
    process.waitFor();

    assertEquals(address + "\n", Files.readString(directory.resolve("broker.address")));
    assertEquals(Optional.empty(), BrokerAddress.find(directory));

    try (EmbeddedBroker broker = EmbeddedBroker.start(BrokerConfig.in(directory))) {
      List<Integer> numbers = Clients.consume(broker.bootstrapServers());
      assertTrue(
          numbers.size() > acknowledged, numbers.size() + " records, acknowledged " + acknowledged);
      assertEquals(IntStream.range(0, numbers.size()).boxed().toList(), numbers);
    }
  }

  @Test
  void stopsCleanlyWhenTerminatedAndPrintsNothingOfItsOwn() throws Exception {
    output.readLine();
    process.toHandle().destroy();
    readUntil(Long.MAX_VALUE);
    assertTrue(process.waitFor(30, TimeUnit.SECONDS));
    assertFalse(Files.exists(directory.resolve("broker.address")));
    assertTrue(Files.exists(directory.resolve("kafka/.kafka_cleanshutdown")));
    assertEquals("", Files.readString(errors));
  }

  /**
   * Reads acknowledged offsets up to the one given or the end of the output, where a kill may have
   * cut the last line.
   */
  private long readUntil(long target) throws IOException {
    long last = -1;
    String previous = null;
    for (String line = output.readLine(); line != null; line = output.readLine()) {
      if (previous != null) {
        last = Long.parseLong(previous);
      }
      previous = line;
      if (last >= target) {
        break;
      }
    }
    return last;
  }
}
