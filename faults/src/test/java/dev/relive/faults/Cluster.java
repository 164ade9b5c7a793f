package dev.relive.faults;

import static java.util.stream.Collectors.joining;

import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ExecutionException;
import java.util.stream.IntStream;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.TopicDescription;
import org.apache.kafka.common.TopicPartitionInfo;

/** A Kafka of three nodes, each a process: three copies of everything, at least two written. */
final class Cluster implements AutoCloseable {
  static final int NODES = 3;
  private static final Duration ANSWER = Duration.ofSeconds(5);

  private final Path directory;
  private final List<Integer> ports = new ArrayList<>();
  private final List<Integer> controllerPorts = new ArrayList<>();
  private final List<JavaProcess> nodes = new ArrayList<>();
  private final Admin admin;

  Cluster(Path directory) throws IOException {
    this.directory = directory;
    for (int node = 0; node < NODES; node++) {
      ports.add(Deployment.freePort());
      controllerPorts.add(Deployment.freePort());
    }
    for (int node = 0; node < NODES; node++) {
      nodes.add(launch(node));
    }
    admin =
        Admin.create(
            Map.of(
                "bootstrap.servers",
                bootstrapServers(),
                "default.api.timeout.ms",
                Integer.toString((int) ANSWER.toMillis()),
                "request.timeout.ms",
                Integer.toString((int) ANSWER.toMillis() / 2)));
  }

  String bootstrapServers() {
    return ports.stream().map(port -> "127.0.0.1:" + port).collect(joining(","));
  }

  /** Starts a node again. */
  JavaProcess restart(int node) throws IOException {
    JavaProcess started = launch(node);
    nodes.set(node, started);
    return started;
  }

  JavaProcess node(int node) {
    return nodes.get(node);
  }

  List<JavaProcess> nodes() {
    return List.copyOf(nodes);
  }

  private JavaProcess launch(int node) throws IOException {
    String controllers =
        IntStream.range(0, NODES)
            .mapToObj(each -> each + "@127.0.0.1:" + controllerPorts.get(each))
            .collect(joining(","));
    return JavaProcess.start(
        "node-" + node,
        Memory.BROKER,
        directory.resolve("node-" + node + ".out"),
        ClusterNode.class,
        List.of(
            Integer.toString(node),
            directory.resolve("node-" + node).toString(),
            ports.get(node).toString(),
            controllerPorts.get(node).toString(),
            controllers));
  }

  /** Who leads the only partition of a topic. */
  int leader(String topic) throws InterruptedException {
    return partitions(List.of(topic))
        .flatMap(found -> found.stream().findFirst())
        .map(partition -> partition.leader().id())
        .orElseThrow(() -> new AssertionError("Nobody says who leads " + topic));
  }

  /** Whether every node has every record of every topic. */
  boolean isWhole() throws InterruptedException {
    try {
      return partitions(List.copyOf(admin.listTopics().names().get()))
          .filter(
              all ->
                  all.stream()
                      .allMatch(
                          partition ->
                              partition.replicas().size() == NODES
                                  && partition.isr().size() == NODES))
          .isPresent();
    } catch (ExecutionException e) {
      return false; // Asked again.
    }
  }

  /** What is known of the topics' partitions; empty while nobody answers. */
  private Optional<List<TopicPartitionInfo>> partitions(List<String> topics)
      throws InterruptedException {
    try {
      return Optional.of(
          admin.describeTopics(topics).allTopicNames().get().values().stream()
              .map(TopicDescription::partitions)
              .flatMap(List::stream)
              .toList());
    } catch (ExecutionException e) {
      return Optional.empty();
    }
  }

  @Override
  public void close() {
    admin.close(Duration.ofSeconds(1));
    nodes.forEach(JavaProcess::close);
  }
}
