package dev.relive.broker;

import java.nio.file.Path;
import java.util.HashMap;
import java.util.Map;

/** The settings of the one Kafka node of an embedded broker. */
final class KafkaSettings {

  static final int NODE_ID = 1;
  static final String CONTROLLER_LISTENER = "CONTROLLER";

  private static final String BROKER_LISTENER = "PLAINTEXT";

  private KafkaSettings() {}

  /** Everything that the node needs to know; what is not named here is as Kafka has it. */
  static Map<String, String> of(Path directory, int brokerPort, int controllerPort) {
    Map<String, String> settings = new HashMap<>();
    settings.put("log.dir", directory.toString());
    addNetwork(settings, brokerPort, controllerPort);
    addOneReplica(settings);
    addTimes(settings);
    addSizes(settings);
    // Registering each metric with JMX costs time at the start, and nothing here reads them.
    settings.put("metric.reporters", "");
    return settings;
  }

  private static void addNetwork(Map<String, String> settings, int brokerPort, int controllerPort) {
    String broker = BROKER_LISTENER + "://" + LoopbackSocket.HOST + ":" + brokerPort;
    String controller = LoopbackSocket.HOST + ":" + controllerPort;
    settings.put("process.roles", "broker,controller");
    settings.put("node.id", Integer.toString(NODE_ID));
    settings.put("listeners", broker + "," + CONTROLLER_LISTENER + "://" + controller);
    settings.put("advertised.listeners", broker);
    settings.put(
        "listener.security.protocol.map",
        BROKER_LISTENER + ":PLAINTEXT," + CONTROLLER_LISTENER + ":PLAINTEXT");
    settings.put("inter.broker.listener.name", BROKER_LISTENER);
    settings.put("controller.listener.names", CONTROLLER_LISTENER);
    settings.put("controller.quorum.voters", NODE_ID + "@" + controller);
  }

  /** There is one node, so one copy; internal topics of one partition open fast. */
  private static void addOneReplica(Map<String, String> settings) {
    settings.put("auto.create.topics.enable", "false");
    settings.put("offsets.topic.num.partitions", "1");
    settings.put("offsets.topic.replication.factor", "1");
    settings.put("transaction.state.log.num.partitions", "1");
    settings.put("transaction.state.log.replication.factor", "1");
    settings.put("transaction.state.log.min.isr", "1");
    settings.put("share.coordinator.state.topic.num.partitions", "1");
    settings.put("share.coordinator.state.topic.replication.factor", "1");
    settings.put("share.coordinator.state.topic.min.isr", "1");
  }

  private static void addTimes(Map<String, String> settings) {
    // The log is the system of record: what leaves it, leaves it because a topic says so.
    settings.put("log.retention.ms", "-1");
    settings.put("log.retention.bytes", "-1");
    // What retention or a prune deleted is off the disk within a minute.
    settings.put("log.retention.check.interval.ms", "30000");
    settings.put("log.segment.delete.delay.ms", "10000");
    // What a power failure can cost. The death of the process costs nothing.
    settings.put("log.flush.interval.ms", "1000");
    settings.put("log.flush.scheduler.interval.ms", "1000");
    // A group of one process has nobody to wait for.
    settings.put("group.initial.rebalance.delay.ms", "0");
    settings.put("offsets.retention.minutes", Integer.toString(Integer.MAX_VALUE));
    // After a kill, what was written since the last checkpoint is read again.
    settings.put("log.flush.offset.checkpoint.interval.ms", "5000");
    settings.put("server.max.startup.time.ms", "120000");
    // A broker whose session ends stops serving for a moment, and on a busy or stopped machine
    // heartbeats can be late. There is no other broker that could take over, so nothing is in
    // haste.
    settings.put("broker.session.timeout.ms", "60000");
    settings.put("broker.heartbeat.interval.ms", "300");
    // The transactions of a killed process hold readers of committed records back until they end.
    settings.put("transaction.abort.timed.out.transaction.cleanup.interval.ms", "1000");
  }

  private static void addSizes(Map<String, String> settings) {
    settings.put("message.max.bytes", Integer.toString(16 << 20));
    settings.put("log.cleaner.dedupe.buffer.size", Integer.toString(8 << 20));
  }
}
