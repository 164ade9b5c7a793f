package dev.relive.cli;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.IOException;
import java.io.Reader;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.Properties;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/** Where the log is. */
final class KafkaOptions extends DirectoryOptions {

  @Option(
      names = {"-b", "--bootstrap-servers"},
      paramLabel = "HOST:PORT,...",
      description = "A Kafka that runs already, instead of the one of --data-directory.")
  @Nullable String bootstrapServers;

  @Option(
      names = "--kafka-config",
      paramLabel = "FILE",
      description = "Further properties of the Kafka clients, such as TLS and SASL.")
  @Nullable Path kafkaConfig;

  @Option(
      names = "--topic-prefix",
      paramLabel = "NAME",
      description = "What the names of all topics begin with.")
  String topicPrefix = "relive";

  @Option(
      names = "--broker-timeout",
      paramLabel = "SECONDS",
      description = "How long to wait for a Kafka that is not there yet.")
  int brokerTimeout = 30;

  /** Checks the options and puts them together. */
  LogPlace place() {
    LogPlace place =
        new LogPlace(
            dataDirectory,
            Optional.ofNullable(bootstrapServers),
            topicPrefix,
            clientProperties(),
            InvalidOption.seconds("--broker-timeout", brokerTimeout));
    place.check();
    return place;
  }

  /** The clients' further properties. */
  private Map<String, String> clientProperties() {
    Map<String, String> properties = new HashMap<>();
    if (kafkaConfig != null) {
      Properties file = read(kafkaConfig);
      file.stringPropertyNames().forEach(name -> properties.put(name, file.getProperty(name)));
    }
    return properties;
  }

  private static Properties read(Path file) {
    Properties properties = new Properties();
    try (Reader reader = Files.newBufferedReader(file, UTF_8)) {
      properties.load(reader);
      return properties;
    } catch (IOException e) {
      throw new InvalidOption("--kafka-config", file, "a file of properties that can be read");
    } catch (IllegalArgumentException e) {
      throw new InvalidOption(
          "--kafka-config", file, "a file of properties (%s)".formatted(e.getMessage()));
    }
  }
}
