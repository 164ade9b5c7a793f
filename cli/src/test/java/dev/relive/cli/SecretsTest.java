package dev.relive.cli;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.relive.cli.display.Numbers;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.acl.AclBinding;
import org.apache.kafka.common.serialization.StringDeserializer;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What the user trusts Relive with stays where it is. */
@Timeout(value = 5, unit = TimeUnit.MINUTES)
final class SecretsTest {

  private static final String SECRET = "Xq7-nobody-may-read-this";

  private static Path directory;
  private static SecuredBroker broker;

  @BeforeAll
  static void start(@TempDir Path shared) throws Exception {
    directory = shared;
    broker = SecuredBroker.start(directory);
  }

  @AfterAll
  static void stop() {
    broker.close();
  }

  @Test
  void appearInNothingThatATrainingWrites() throws Exception {
    broker.addUser("trainer", SECRET);
    List<AclBinding> rights = new ArrayList<>();
    for (String command : List.of("learn", "produce", "evaluate")) {
      rights.addAll(RightsTable.of(command, "trainer"));
    }
    broker.allow(rights);
    Path secrets = Files.writeString(directory.resolve("secrets"), "password=" + SECRET + "\n");
    Path config = withProviders("trainer", "${file:" + secrets + ":password}");
    int port = freePort();
    List<String> train =
        List.of(
            "train",
            "--steps=1500",
            "--seed=7",
            "--set=double-dqn.learning-rate=1e-9",
            "--log-level=debug",
            "--http-port=" + port);

    CompletableFuture<CommandRun> training =
        CompletableFuture.supplyAsync(() -> with(config, train));
    String metrics = "";
    while (!training.isDone()) {
      metrics = scrape(port, metrics);
    }
    CommandRun run = training.join();
    CommandRun printed = with(config, List.of("train", "--print-config"));

    assertEquals(ExitCode.UNSOLVED, run.exitCode(), run::toString);
    assertTrue(metrics.contains("relive_"), "metrics: " + Numbers.count(metrics.length()));
    String log = logs();
    assertTrue(log.contains("sasl.jaas.config = [hidden]"), "no client says how it is set");
    List<String> records = records();
    assertTrue(records.size() > 20, "records: " + records.size());
    for (String written : Stream.concat(records.stream(), Stream.of(metrics, log)).toList()) {
      assertFalse(written.contains(SECRET));
    }
    assertFalse(run.toString().contains(SECRET));
    assertFalse(printed.toString().contains(SECRET));
    assertTrue(printed.out().contains("sasl.jaas.config"), printed::out);
  }

  @Test
  void comeFromTheEnvironmentAsWell() throws Exception {
    broker.addUser("reader", System.getenv("PATH"));
    broker.allow(RightsTable.of("runs", "reader"));
    Path config = withProviders("reader", "${env:PATH}");

    CommandRun run = with(config, List.of("runs", "ls", "--topic-prefix=relive"));

    assertEquals("", run.err());
    assertEquals(ExitCode.SUCCESS, run.exitCode());
  }

  @Test
  void mustBeWhereTheFileSays() throws Exception {
    Path config = withProviders("trainer", "${file:/nowhere/secrets:password}");

    CommandRun run = with(config, List.of("runs", "ls"));

    assertEquals(ExitCode.FAILURE, run.exitCode());
    assertEquals(1, run.err().lines().count(), run::err);
    assertTrue(run.err().contains("/nowhere/secrets"), run::err);
  }

  @Test
  void appearInNoFailureHoweverMuchIsSaid() throws Exception {
    Path config = broker.clientConfig("unknown", SECRET);

    CommandRun run = with(config, List.of("produce", "--log-level=trace", "--verbose"));

    assertEquals(ExitCode.FAILURE, run.exitCode());
    assertTrue(run.err().contains("\tat dev.relive"), run::err);
    assertFalse(run.toString().contains(SECRET));
    assertFalse(logs().contains(SECRET));
  }

  /** The commonest slips: a word that is missing, a quotation mark, the semicolon. */
  @ParameterizedTest
  @ValueSource(
      strings = {
        "Module username=\"u\" password=\"" + SECRET + "\";",
        "Module required username=\"u\" password=\"" + SECRET + ";",
        "Module required username=\"u\" password=\"" + SECRET + "\"",
        "Module required username=\"u\" password " + SECRET + ";",
        "Module required " + SECRET + ";",
      })
  void appearInNoSentenceAboutAMalformedFile(String jaas) throws Exception {
    Path file = broker.clientConfig("malformed", SECRET);
    String config = Files.readString(file);
    int entry = config.indexOf("sasl.jaas.config");
    Files.writeString(file, config.substring(0, entry) + "sasl.jaas.config=" + jaas + "\n");

    CommandRun run = with(file, List.of("runs", "ls"));

    assertEquals(ExitCode.FAILURE, run.exitCode(), run::toString);
    assertEquals(1, run.err().lines().count(), run::err);
    assertFalse(run.err().contains(SECRET), run::err);
  }

  private static Path withProviders(String user, String password) throws IOException {
    Path config = broker.clientConfig(user, password);
    String providers =
        """
        config.providers=file,env
        config.providers.file.class=org.apache.kafka.common.config.provider.FileConfigProvider
        config.providers.env.class=org.apache.kafka.common.config.provider.EnvVarConfigProvider
        """;
    return Files.writeString(config, Files.readString(config) + providers);
  }

  private static CommandRun with(Path config, List<String> command) {
    List<String> arguments = new ArrayList<>(command);
    arguments.add("--bootstrap-servers=" + broker.bootstrapServers());
    arguments.add("--kafka-config=" + config);
    arguments.add("--data-directory=" + directory.resolve("data"));
    if (command.get(0).equals("produce")) {
      arguments.add("--http-port=0");
    }
    return CommandRun.of(arguments.toArray(String[]::new));
  }

  private static int freePort() throws IOException {
    try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      return socket.getLocalPort();
    }
  }

  /** The metrics, or what is known of them where they are not there now. */
  private static String scrape(int port, String known) throws InterruptedException {
    URI uri = URI.create("http://127.0.0.1:%d/metrics".formatted(port));
    HttpRequest request = HttpRequest.newBuilder(uri).timeout(Duration.ofSeconds(5)).build();
    try {
      return HttpClient.newHttpClient()
          .send(request, HttpResponse.BodyHandlers.ofString(UTF_8))
          .body();
    } catch (IOException e) {
      return known;
    }
  }

  private static String logs() throws IOException {
    StringBuilder text = new StringBuilder();
    try (Stream<Path> files = Files.list(directory.resolve("data/logs"))) {
      for (Path file : files.toList()) {
        text.append(Files.readString(file, ISO_8859_1));
      }
    }
    return text.toString();
  }

  /** Everything in every topic, byte for byte. */
  private static List<String> records() {
    List<String> records = new ArrayList<>();
    StringDeserializer bytes = new StringDeserializer();
    bytes.configure(Map.of("deserializer.encoding", "ISO-8859-1"), false);
    try (KafkaConsumer<String, String> consumer =
        new KafkaConsumer<>(Map.of("bootstrap.servers", broker.openServers()), bytes, bytes)) {
      List<TopicPartition> partitions =
          consumer.listTopics().values().stream()
              .flatMap(List::stream)
              .map(each -> new TopicPartition(each.topic(), each.partition()))
              .toList();
      Map<TopicPartition, Long> ends = consumer.endOffsets(partitions);
      consumer.assign(partitions);
      consumer.seekToBeginning(partitions);
      while (partitions.stream()
          .anyMatch(each -> consumer.position(each) < ends.getOrDefault(each, 0L))) {
        for (ConsumerRecord<String, String> record : consumer.poll(Duration.ofMillis(100))) {
          records.add(record.key() + record.value() + record.headers());
        }
      }
    }
    return records;
  }
}
