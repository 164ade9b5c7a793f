package dev.relive.broker;

import java.io.IOException;
import java.io.OutputStream;
import java.io.PrintStream;
import java.net.InetSocketAddress;
import java.nio.channels.ServerSocketChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.function.BiConsumer;
import java.util.function.BooleanSupplier;
import kafka.server.BrokerServer;
import kafka.server.ControllerServer;
import kafka.server.KafkaConfig;
import kafka.server.KafkaRaftServer;
import kafka.server.SharedServer;
import org.apache.kafka.common.Uuid;
import org.apache.kafka.common.metrics.MetricConfig;
import org.apache.kafka.common.metrics.Metrics;
import org.apache.kafka.common.utils.Time;
import org.apache.kafka.metadata.bootstrap.BootstrapDirectory;
import org.apache.kafka.metadata.bootstrap.BootstrapMetadata;
import org.apache.kafka.metadata.properties.MetaPropertiesEnsemble;
import org.apache.kafka.metadata.storage.Formatter;
import org.apache.kafka.server.ServerSocketFactory;
import org.apache.kafka.server.common.MetadataVersion;
import org.apache.kafka.server.fault.FaultHandler;
import org.apache.kafka.server.fault.FaultHandlerException;
import org.apache.kafka.server.fault.LoggingFaultHandler;
import org.jspecify.annotations.Nullable;

/**
 * A broker and its controller in this process. Everything here is internal API of Kafka, and
 * everything of it that Relive uses is here.
 */
final class KafkaNode implements AutoCloseable {

  /** How long the broker may take to give up its leaderships before it stops without that. */
  private static final Duration HAND_OVER = Duration.ofSeconds(2);

  /** The file that a Kafka leaves which stopped by itself, and takes away when it starts. */
  private static final String CLEAN_SHUTDOWN = ".kafka_cleanshutdown";

  private final boolean afterKill;
  private final ControllerServer controller;
  private final BrokerServer broker;

  /**
   * Builds the node and starts nothing.
   *
   * @param directory formatted here if Kafka never ran on it
   * @param isShut whether no experience may be written now; asked for every write
   * @param onFatal called from any thread with what cannot be recovered from, and its cause
   */
  KafkaNode(
      Path directory,
      LoopbackSocket brokerSocket,
      LoopbackSocket controllerSocket,
      BooleanSupplier isShut,
      BiConsumer<String, @Nullable Throwable> onFatal)
      throws Exception {
    boolean isNew = !Files.exists(directory.resolve(MetaPropertiesEnsemble.META_PROPERTIES_NAME));
    if (isNew) {
      format(directory);
    }
    afterKill = !isNew && !Files.exists(directory.resolve(CLEAN_SHUTDOWN));
    Map<String, Object> settings =
        new HashMap<>(KafkaSettings.of(directory, brokerSocket.port(), controllerSocket.port()));
    ExperienceGate.put(settings, isShut);
    KafkaConfig config = new KafkaConfig(settings, false);
    MetaPropertiesEnsemble metaProperties =
        new MetaPropertiesEnsemble.Loader()
            .addLogDirs(List.of(directory.toString()))
            .addMetadataLogDir(directory.toString())
            .load();
    BootstrapMetadata bootstrap = new BootstrapDirectory(directory.toString()).read();
    Metrics metrics = new Metrics(new MetricConfig(), new ArrayList<>(), Time.SYSTEM, true);
    InetSocketAddress voter = controllerSocket.address();
    SharedServer shared =
        new SharedServer(
            config,
            metaProperties,
            Time.SYSTEM,
            metrics,
            CompletableFuture.completedFuture(Map.of(KafkaSettings.NODE_ID, voter)),
            List.of(voter),
            (name, fatal, action) -> faultHandler(name, fatal, action, onFatal),
            sockets(brokerSocket, controllerSocket));
    controller = new ControllerServer(shared, KafkaRaftServer.configSchema(), bootstrap);
    broker = new BrokerServer(shared);
  }

  /** Returns when clients can produce and consume. */
  void start() {
    controller.startup();
    if (afterKill) {
      new KilledBroker(controller.controller(), KafkaSettings.NODE_ID).forget();
    }
    broker.startup();
  }

  /**
   * Stops what was started, the broker first: it gives up its leaderships with the controller's
   * help.
   */
  @Override
  public void close() {
    broker.shutdown(HAND_OVER);
    controller.shutdown();
    broker.awaitShutdown();
    controller.awaitShutdown();
  }

  private static void format(Path directory) throws Exception {
    try (PrintStream quiet = new PrintStream(OutputStream.nullOutputStream(), false)) {
      new Formatter()
          .setPrintStream(quiet)
          .setNodeId(KafkaSettings.NODE_ID)
          .setClusterId(Uuid.randomUuid().toString())
          .addDirectory(directory.toString())
          .setMetadataLogDirectory(directory.toString())
          .setControllerListenerName(KafkaSettings.CONTROLLER_LISTENER)
          .setReleaseVersion(MetadataVersion.latestProduction())
          .run();
    }
  }

  private static ServerSocketFactory sockets(
      LoopbackSocket brokerSocket, LoopbackSocket controllerSocket) {
    return (listener, address, backlog, receiveBuffer) -> {
      ServerSocketChannel channel =
          (listener.equals(KafkaSettings.CONTROLLER_LISTENER) ? controllerSocket : brokerSocket)
              .channel();
      if (address.getPort() != channel.socket().getLocalPort()) {
        throw new IOException("No socket was bound for " + listener + " at " + address);
      }
      return channel;
    };
  }

  private static FaultHandler faultHandler(
      String name,
      boolean fatal,
      Runnable action,
      BiConsumer<String, @Nullable Throwable> onFatal) {
    if (!fatal) {
      return new LoggingFaultHandler(name, action);
    }
    return (message, cause) -> {
      action.run();
      onFatal.accept(Optional.ofNullable(message).orElse(name), cause);
      return new FaultHandlerException(message, cause);
    };
  }
}
