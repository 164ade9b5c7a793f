package dev.relive.benchmarks;

import dev.relive.broker.BrokerConfig;
import dev.relive.broker.EmbeddedBroker;
import dev.relive.log.LogAdmin;
import dev.relive.log.LogConnection;
import dev.relive.log.Topic;
import dev.relive.log.TopicCatalogue;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.List;
import java.util.stream.Stream;

/** A real Kafka in this process on a directory of its own, which goes when it is closed. */
final class BenchmarkLog implements AutoCloseable {
  private final Path directory;
  private final EmbeddedBroker broker;
  private final LogConnection connection;

  private BenchmarkLog(Path directory, EmbeddedBroker broker) {
    this.directory = directory;
    this.broker = broker;
    connection = LogConnection.to(broker.bootstrapServers());
  }

  static BenchmarkLog start() throws IOException {
    Path directory = Files.createTempDirectory("relive-benchmark");
    return new BenchmarkLog(directory, EmbeddedBroker.start(BrokerConfig.in(directory)));
  }

  LogConnection connection() {
    return connection;
  }

  /** The topic of a stream's experience, created. */
  Topic stream(String name) {
    Topic topic = connection.topics().experience(name);
    try (LogAdmin admin = LogAdmin.open(connection)) {
      admin.ensure(List.of(topic));
    }
    return topic;
  }

  /** The topics that all runs share, created. */
  TopicCatalogue shared() {
    TopicCatalogue topics = connection.topics();
    try (LogAdmin admin = LogAdmin.open(connection)) {
      admin.ensure(topics.shared());
    }
    return topics;
  }

  @Override
  public void close() {
    broker.close();
    try (Stream<Path> files = Files.walk(directory)) {
      for (Path file : files.sorted(Comparator.reverseOrder()).toList()) {
        Files.delete(file);
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
