package dev.relive.cli;

import java.nio.file.Path;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/** Where the log is. */
final class KafkaOptions extends DirectoryOptions {

  @Option(
      names = {"-b", "--bootstrap-servers"},
      paramLabel = "HOST:PORT,...",
      description = "A Kafka that runs already, instead of an embedded one.")
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
}
