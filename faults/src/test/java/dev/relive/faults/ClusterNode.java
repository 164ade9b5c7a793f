package dev.relive.faults;

import java.io.OutputStream;
import java.io.PrintStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.Map;
import java.util.Properties;
import java.util.concurrent.CountDownLatch;
import kafka.server.KafkaConfig;
import kafka.server.KafkaRaftServer;
import org.apache.kafka.common.utils.Time;
import org.apache.kafka.metadata.storage.Formatter;
import org.apache.kafka.server.common.MetadataVersion;

/** One of several Kafka nodes, each broker and controller, as a program. */
final class ClusterNode {
  private static final String CLUSTER_ID = "4L6g3nShT-eMCtK--X86sw";

  private ClusterNode() {}

  /**
   * Takes the node's id, its directory, its broker's port, its controller's port and the
   * controllers as {@code id@host:port,…}.
   */
  public static void main(String[] arguments) throws Exception {
    int id = Integer.parseInt(arguments[0]);
    Path directory = Path.of(arguments[1]);
    if (!Files.exists(directory)) {
      format(id, Files.createDirectories(directory));
    }
    KafkaConfig config =
        KafkaConfig.fromProps(settings(id, directory, arguments[2], arguments[3], arguments[4]));
    KafkaRaftServer node = new KafkaRaftServer(config, Time.SYSTEM);
    CountDownLatch stopped = new CountDownLatch(1);
    Runtime.getRuntime()
        .addShutdownHook(
            new Thread(
                () -> {
                  node.shutdown();
                  stopped.countDown();
                }));
    node.startup();
    stopped.await();
  }

  private static void format(int id, Path directory) throws Exception {
    try (PrintStream quiet = new PrintStream(OutputStream.nullOutputStream(), false)) {
      new Formatter()
          .setPrintStream(quiet)
          .setNodeId(id)
          .setClusterId(CLUSTER_ID)
          .addDirectory(directory.toString())
          .setMetadataLogDirectory(directory.toString())
          .setControllerListenerName("CONTROLLER")
          .setReleaseVersion(MetadataVersion.latestProduction())
          .run();
    }
  }

  /** As {@code docs/design/protocol.md} asks of a cluster: three copies, two of them written. */
  private static Properties settings(
      int id, Path directory, String port, String controllerPort, String controllers) {
    Map<String, String> settings = new HashMap<>();
    settings.put("node.id", Integer.toString(id));
    settings.put("process.roles", "broker,controller");
    settings.put("log.dir", directory.toString());
    String host = "127.0.0.1:";
    settings.put(
        "listeners", "PLAINTEXT://" + host + port + ",CONTROLLER://" + host + controllerPort);
    settings.put("advertised.listeners", "PLAINTEXT://" + host + port);
    settings.put("listener.security.protocol.map", "PLAINTEXT:PLAINTEXT,CONTROLLER:PLAINTEXT");
    settings.put("controller.listener.names", "CONTROLLER");
    settings.put("controller.quorum.voters", controllers);
    settings.put("default.replication.factor", "3");
    settings.put("min.insync.replicas", "2");
    settings.put("offsets.topic.replication.factor", "3");
    settings.put("offsets.topic.num.partitions", "3");
    settings.put("transaction.state.log.replication.factor", "3");
    settings.put("transaction.state.log.min.isr", "2");
    settings.put("transaction.state.log.num.partitions", "3");
    settings.put("auto.create.topics.enable", "false");
    settings.put("message.max.bytes", Integer.toString(16 << 20));
    settings.put("replica.fetch.max.bytes", Integer.toString(16 << 20));
    settings.put("log.cleaner.dedupe.buffer.size", Integer.toString(8 << 20));
    settings.put("group.initial.rebalance.delay.ms", "0");
    Properties properties = new Properties();
    properties.putAll(settings);
    return properties;
  }
}
