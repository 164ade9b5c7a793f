package dev.relive.broker;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.relive.service.UserException;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.Config;
import org.apache.kafka.clients.admin.ConfigEntry;
import org.apache.kafka.clients.admin.NewTopic;
import org.apache.kafka.common.config.ConfigResource;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class EmbeddedBrokerTest {

  private final Path directory;

  EmbeddedBrokerTest(@TempDir Path directory) {
    this.directory = directory;
  }

  @Test
  void keepsRecordsOverRestarts() throws Exception {
    try (EmbeddedBroker broker = EmbeddedBroker.start(BrokerConfig.in(directory))) {
      Clients.createTopic(broker.bootstrapServers());
      Clients.produce(broker.bootstrapServers(), 0, 1_000);
      assertEquals(numbers(1_000), Clients.consume(broker.bootstrapServers()));
    }
    try (EmbeddedBroker broker = EmbeddedBroker.start(BrokerConfig.in(directory))) {
      assertEquals(numbers(1_000), Clients.consume(broker.bootstrapServers()));
      Clients.produce(broker.bootstrapServers(), 1_000, 1_500);
    }
    try (EmbeddedBroker broker = EmbeddedBroker.start(BrokerConfig.in(directory))) {
      assertEquals(numbers(1_500), Clients.consume(broker.bootstrapServers()));
    }
  }

  @Test
  void twoBrokersOfOneProcessAreTwoClusters(@TempDir Path otherDirectory) throws Exception {
    try (EmbeddedBroker one = EmbeddedBroker.start(BrokerConfig.in(directory));
        EmbeddedBroker other = EmbeddedBroker.start(BrokerConfig.in(otherDirectory))) {
      Clients.createTopic(one.bootstrapServers());
      Clients.createTopic(other.bootstrapServers());
      Clients.produce(one.bootstrapServers(), 0, 10);
      Clients.produce(other.bootstrapServers(), 10, 20);
      assertEquals(numbers(10), Clients.consume(one.bootstrapServers()));
      assertNotEquals(clusterId(one), clusterId(other));
    }
  }

  @Test
  void listensOnTheLoopbackAddressAndOnThePortAskedFor() throws Exception {
    int port;
    try (ServerSocket free = new ServerSocket(0)) {
      port = free.getLocalPort();
    }
    BrokerConfig config = BrokerConfig.in(directory).withPort(port);
    try (EmbeddedBroker broker = EmbeddedBroker.start(config)) {
      assertEquals("127.0.0.1:" + port, broker.bootstrapServers());
      assertEquals(port, describePort(broker));
    }
  }

  @Test
  void leavesItsAddressWhileItRuns() {
    assertEquals(Optional.empty(), BrokerAddress.find(directory));
    try (EmbeddedBroker broker = EmbeddedBroker.start(BrokerConfig.in(directory))) {
      assertEquals(Optional.of(broker.address()), BrokerAddress.find(directory));
    }
    assertEquals(Optional.empty(), BrokerAddress.find(directory));
    assertFalse(Files.exists(directory.resolve("broker.address")));
  }

  @Test
  void doesNotBelieveAnAddressThatNobodyHolds() throws IOException {
    new BrokerAddress("127.0.0.1", 9092).write(directory);
    Files.writeString(directory.resolve("broker.lock"), "4711\n");
    assertEquals(Optional.empty(), BrokerAddress.find(directory));
  }

  @Test
  void refusesADirectoryInUseAndLeavesItsBrokerAlone() throws Exception {
    try (EmbeddedBroker broker = EmbeddedBroker.start(BrokerConfig.in(directory))) {
      assertRefused(
          BrokerConfig.in(directory),
          "The data directory %s is in use by process %d, whose broker listens on %s."
              .formatted(directory, ProcessHandle.current().pid(), broker.address()));
      assertEquals(Optional.of(broker.address()), BrokerAddress.find(directory));
      Clients.createTopic(broker.bootstrapServers());
    }
    EmbeddedBroker.start(BrokerConfig.in(directory)).close();
  }

  @Test
  void refusesAPortInUseAndGivesTheDirectoryBack() throws IOException {
    try (ServerSocket taken = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      int port = taken.getLocalPort();
      assertRefused(
          BrokerConfig.in(directory).withPort(port),
          "Port %d of 127.0.0.1 is in use, so the broker cannot listen there; --port 0 takes a free one."
              .formatted(port));
    }
    EmbeddedBroker.start(BrokerConfig.in(directory)).close();
  }

  @Test
  void refusesAPortThatIsNone() {
    UserException refusal =
        assertThrows(UserException.class, () -> new BrokerConfig(directory, 65_536));
    assertEquals(
        "The broker's port is 65536, but a port is 1 to 65535, or 0 for a free one.",
        refusal.getMessage());
  }

  @Test
  void refusesAFileForADirectory() throws IOException {
    Path file = Files.createFile(directory.resolve("file"));
    assertRefused(
        BrokerConfig.in(file), "The data directory " + file + " is a file, not a directory.");
    Path below = file.resolve("below/it");
    assertRefused(
        BrokerConfig.in(below),
        "The data directory %s cannot be created, because %s is a file.".formatted(below, file));
  }

  @Test
  void saysWhatKafkaDoesNotUnderstandInTheDirectory() throws IOException {
    Files.createDirectories(directory.resolve("kafka"));
    Files.writeString(directory.resolve("kafka/meta.properties"), "version=1\nnode.id=7\n");
    UserException refusal =
        assertThrows(UserException.class, () -> EmbeddedBroker.start(BrokerConfig.in(directory)));
    assertTrue(
        refusal
            .getMessage()
            .startsWith("The embedded Kafka did not start on the data directory " + directory),
        refusal.getMessage());
  }

  @Test
  void tellsThatItsDirectoryIsGoneAndStillCloses() throws Exception {
    CompletableFuture<String> failure = new CompletableFuture<>();
    EmbeddedBroker broker = EmbeddedBroker.start(BrokerConfig.in(directory));
    broker.onFailure(failure::complete);
    Files.move(directory.resolve("kafka"), directory.resolve("gone"));
    try (Admin admin = Admin.create(Map.of("bootstrap.servers", broker.bootstrapServers()))) {
      // Its partition needs a directory, whose parent is gone.
      admin.createTopics(List.of(new NewTopic("lost", 1, (short) 1)));
      assertEquals(
          "The data directory " + directory + " was removed under its broker.", failure.get());
    }
    broker.close();
    assertEquals(Optional.empty(), BrokerAddress.find(directory));
    CompletableFuture<String> lateListener = new CompletableFuture<>();
    broker.onFailure(lateListener::complete);
    assertEquals(failure.get(), lateListener.get());
  }

  @Test
  void keepsTheLogForEverAndFlushesItEachSecond() throws Exception {
    try (EmbeddedBroker broker = EmbeddedBroker.start(BrokerConfig.in(directory));
        Admin admin = Admin.create(Map.of("bootstrap.servers", broker.bootstrapServers()))) {
      Clients.createTopic(broker.bootstrapServers());
      ConfigResource topic = new ConfigResource(ConfigResource.Type.TOPIC, Clients.TOPIC);
      Config config = admin.describeConfigs(List.of(topic)).all().get().values().iterator().next();
      Map<String, String> expected =
          Map.of(
              "retention.ms", "-1",
              "retention.bytes", "-1",
              "flush.ms", "1000",
              "max.message.bytes", "16777216");
      assertEquals(
          expected,
          config.entries().stream()
              .filter(entry -> expected.containsKey(entry.name()))
              .collect(Collectors.toMap(ConfigEntry::name, ConfigEntry::value)));
    }
  }

  private static void assertRefused(BrokerConfig config, String sentence) {
    UserException refusal =
        assertThrows(UserException.class, () -> EmbeddedBroker.start(config).close());
    assertEquals(sentence, refusal.getMessage());
  }

  private static List<Integer> numbers(int count) {
    return IntStream.range(0, count).boxed().toList();
  }

  private static String clusterId(EmbeddedBroker broker) throws Exception {
    try (Admin admin = Admin.create(Map.of("bootstrap.servers", broker.bootstrapServers()))) {
      return admin.describeCluster().clusterId().get();
    }
  }

  private static int describePort(EmbeddedBroker broker) throws Exception {
    try (Admin admin = Admin.create(Map.of("bootstrap.servers", broker.bootstrapServers()))) {
      return admin.describeCluster().controller().get().port();
    }
  }
}
