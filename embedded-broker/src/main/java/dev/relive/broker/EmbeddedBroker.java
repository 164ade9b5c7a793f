package dev.relive.broker;

import dev.relive.service.UserException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.Consumer;
import java.util.function.LongSupplier;
import org.apache.kafka.common.TopicPartition;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * A real Kafka of one node in this process. It listens on 127.0.0.1 alone and keeps its log in a
 * directory, on which it goes on when started again, whether it was closed or killed. Any number of
 * them run in one process, each on its own directory.
 */
public final class EmbeddedBroker implements AutoCloseable {

  private static final Logger LOGGER = LoggerFactory.getLogger(EmbeddedBroker.class);
  private static final Duration CLOSE_LIMIT = Duration.ofMillis(4_500);

  private final Path directory;
  private final Path kafkaDirectory;
  private final CompletableFuture<String> failure = new CompletableFuture<>();
  private final AtomicBoolean closed = new AtomicBoolean();

  /** What was taken, the latest first. */
  private final Deque<AutoCloseable> parts = new ArrayDeque<>();

  private final BrokerAddress address;
  private final DiskFloor floor;

  private EmbeddedBroker(BrokerConfig config, DirectoryLock lock, LongSupplier freeBytes)
      throws Exception {
    directory = config.directory();
    kafkaDirectory = directory.resolve("kafka").toAbsolutePath();
    parts.push(lock);
    try {
      floor = new DiskFloor(directory, config.freeDiskFloor(), freeBytes);
      parts.push(floor);
      BrokerAddress.delete(directory);
      LoopbackSocket brokerSocket = LoopbackSocket.bind(config.port());
      parts.push(brokerSocket);
      LoopbackSocket controllerSocket = LoopbackSocket.bind(0);
      parts.push(controllerSocket);
      address = new BrokerAddress(LoopbackSocket.HOST, brokerSocket.port());
      KafkaNode node =
          new KafkaNode(
              kafkaDirectory, brokerSocket, controllerSocket, floor::isReached, this::failed);
      parts.push(node);
      KafkaExit.intercept(this::gaveUp, node::start);
      parts.push(() -> BrokerAddress.delete(directory));
      RefusalFile refusals = new RefusalFile(directory);
      parts.push(refusals);
      floor.add(refusals);
      floor.watch();
      address.write(directory);
    } catch (Exception e) {
      close();
      throw e;
    }
  }

  /**
   * Returns when clients can produce and consume.
   *
   * @throws UserException if the directory is in use, not writable, not a directory or on a full
   *     disk, if the port is in use, or if Kafka does not start on what it finds there
   */
  public static EmbeddedBroker start(BrokerConfig config) {
    return start(config, DiskFloor.freeBytesOf(config.directory()));
  }

  /**
   * Starts as {@link #start(BrokerConfig)} does.
   *
   * @param freeBytes tells how much of the disk is free
   */
  static EmbeddedBroker start(BrokerConfig config, LongSupplier freeBytes) {
    Path directory = config.directory();
    DirectoryFailure.prepare(directory);
    try {
      return new EmbeddedBroker(config, DirectoryLock.acquire(directory), freeBytes);
    } catch (UserException e) {
      throw e;
    } catch (Exception e) {
      throw new UserException(
          "The embedded Kafka did not start on the data directory %s: %s."
              .formatted(directory, rootMessage(e)),
          e);
    }
  }

  public BrokerAddress address() {
    return address;
  }

  /** What Kafka clients call {@code bootstrap.servers}. */
  public String bootstrapServers() {
    return address.bootstrapServers();
  }

  public Path directory() {
    return directory;
  }

  /**
   * Tells why the broker cannot go on, should that happen while it is open: its data directory was
   * removed or its disk is full, say. The listener gets one sentence, in a thread of its own, and
   * is told even if it comes late; what it has to do is to close the broker.
   */
  public void onFailure(Consumer<String> listener) {
    var unused =
        failure.thenAccept(
            sentence ->
                new Thread(() -> listener.accept(sentence), "embedded-broker-failure").start());
  }

  /**
   * Tells when the disk has no room for more experience, and when it has again; at once where it
   * has none now.
   */
  public void onRoom(RoomListener listener) {
    floor.add(listener);
  }

  /**
   * Why the broker of a data directory, in whatever process, takes no more experience, as a
   * sentence; empty where it takes it.
   */
  public static Optional<String> refusal(Path directory) {
    return RefusalFile.read(directory);
  }

  /** How much of the disk was free at the last look, in bytes. */
  public long freeDiskBytes() {
    return floor.freeBytes();
  }

  /** How much of the disk, in bytes, experience does not take. */
  public long freeDiskFloor() {
    return floor.bytes();
  }

  /** What the log of each partition takes on the disk, in bytes. */
  public Map<TopicPartition, Long> partitionSizes() {
    return PartitionSizes.of(kafkaDirectory);
  }

  /** Whether the disk has room for more experience; while it has none, writing it is refused. */
  public boolean takesExperience() {
    return !floor.isReached();
  }

  /**
   * Stops within five seconds. A broker that takes longer is left to the end of the process, and
   * its directory stays locked until then; nothing acknowledged is lost by that.
   */
  @Override
  public void close() {
    if (!closed.compareAndSet(false, true)) {
      return;
    }
    Thread closing = new Thread(this::closeParts, "embedded-broker-close");
    closing.setDaemon(true);
    closing.start();
    try {
      closing.join(CLOSE_LIMIT.toMillis());
      if (closing.isAlive()) {
        LOGGER.warn("The broker on {} did not stop within {}", directory, CLOSE_LIMIT);
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  private void closeParts() {
    while (!parts.isEmpty()) {
      try {
        parts.pop().close();
      } catch (Exception e) {
        LOGGER.warn("The broker on {} did not stop cleanly", directory, e);
      }
    }
  }

  private void failed(String what, @Nullable Throwable cause) {
    LOGGER.error("The broker on {} failed: {}", directory, what, cause);
    String why = cause == null ? "" : " (" + rootMessage(cause) + ")";
    fail("The embedded Kafka failed: " + what + why + ".");
  }

  private void gaveUp() {
    fail("The embedded Kafka could not go on with its data directory " + directory + ".");
  }

  private void fail(String sentence) {
    if (!closed.get()) {
      failure.complete(DirectoryFailure.lost(directory, kafkaDirectory).orElse(sentence));
    }
  }

  private static String rootMessage(Throwable failure) {
    Throwable root = failure;
    while (root.getCause() != null) {
      root = root.getCause();
    }
    String message = root.getMessage();
    return message == null ? root.getClass().getSimpleName() : message.replaceFirst("\\.$", "");
  }
}
