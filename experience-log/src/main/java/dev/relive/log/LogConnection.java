package dev.relive.log;

import static java.util.Objects.requireNonNull;

import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeSet;
import java.util.function.Supplier;
import org.apache.kafka.clients.CommonClientConfigs;
import org.apache.kafka.clients.admin.AdminClientConfig;
import org.apache.kafka.clients.consumer.ConsumerConfig;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.clients.consumer.StickyAssignor;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerConfig;
import org.apache.kafka.common.IsolationLevel;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.errors.InvalidConfigurationException;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.apache.kafka.common.serialization.ByteBufferDeserializer;

/**
 * Where the log is and how its Kafka clients are set.
 *
 * <p>Settings come in three layers: ours for speed, over them the user's {@code clientProperties}
 * (security, tuning), over those the ones that the protocol's promises rest on.
 *
 * @param bootstrapServers Kafka's {@code host:port[,host:port…]}
 * @param prefix the first part of every topic's name
 * @param clientProperties further Kafka client properties; may hold secrets, so they are never
 *     printed
 * @param observer is shown the clients that live long
 */
public record LogConnection(
    String bootstrapServers,
    String prefix,
    Map<String, String> clientProperties,
    ClientObserver observer) {

  /** The first part of every topic's name unless another is given. */
  public static final String DEFAULT_PREFIX = "relive";

  /** The largest record that our clients send, in bytes. */
  static final int LARGEST_RECORD = 16 << 20;

  /** The largest copy of a record that no reader can use: headers come on top. */
  static final int LARGEST_REJECTED = LARGEST_RECORD + (1 << 20);

  /** What a user cannot set because a promise of the protocol rests on it. */
  private static final List<String> RESERVED =
      List.of(
          CommonClientConfigs.BOOTSTRAP_SERVERS_CONFIG,
          ProducerConfig.ACKS_CONFIG,
          ProducerConfig.ENABLE_IDEMPOTENCE_CONFIG,
          ProducerConfig.TRANSACTIONAL_ID_CONFIG,
          ProducerConfig.KEY_SERIALIZER_CLASS_CONFIG,
          ProducerConfig.VALUE_SERIALIZER_CLASS_CONFIG,
          ConsumerConfig.KEY_DESERIALIZER_CLASS_CONFIG,
          ConsumerConfig.VALUE_DESERIALIZER_CLASS_CONFIG,
          ConsumerConfig.ISOLATION_LEVEL_CONFIG,
          ConsumerConfig.ENABLE_AUTO_COMMIT_CONFIG,
          ConsumerConfig.AUTO_OFFSET_RESET_CONFIG,
          ConsumerConfig.GROUP_ID_CONFIG,
          ConsumerConfig.GROUP_PROTOCOL_CONFIG,
          ConsumerConfig.PARTITION_ASSIGNMENT_STRATEGY_CONFIG);

  /**
   * Checks what the user gave.
   *
   * @throws LogException if the address is empty, the prefix is not of Kafka's alphabet, or a
   *     client property is one that the protocol decides
   */
  public LogConnection {
    requireNonNull(prefix, "prefix is null");
    if (bootstrapServers.isBlank()) {
      throw new LogException("The Kafka address is empty: it must be host:port[,host:port…].");
    }
    if (!prefix.matches("[a-zA-Z0-9._-]{1,100}")) {
      throw new LogException(
          "The topic prefix '%s' must be 1 to 100 letters, digits, '.', '_' or '-'."
              .formatted(prefix));
    }
    clientProperties = Map.copyOf(clientProperties);
    TreeSet<String> reserved = new TreeSet<>(clientProperties.keySet());
    reserved.retainAll(RESERVED);
    if (!reserved.isEmpty()) {
      throw new LogException(
          "The Kafka client properties set %s, which Relive decides itself."
              .formatted(String.join(", ", reserved)));
    }
  }

  /** A connection whose clients nobody observes. */
  public LogConnection(
      String bootstrapServers, String prefix, Map<String, String> clientProperties) {
    this(bootstrapServers, prefix, clientProperties, ClientObserver.NONE);
  }

  /** The same, with its clients observed. */
  public LogConnection observedBy(ClientObserver newObserver) {
    return new LogConnection(bootstrapServers, prefix, clientProperties, newObserver);
  }

  /** A connection with the default prefix and no further properties. */
  public static LogConnection to(String bootstrapServers) {
    return new LogConnection(bootstrapServers, DEFAULT_PREFIX, Map.of());
  }

  /** The topics under this connection's prefix. */
  public TopicCatalogue topics() {
    return new TopicCatalogue(prefix);
  }

  /** For segments: in batches that wait for one another. */
  KafkaProducer<byte[], byte[]> throughputProducer(WriterSettings settings) {
    Map<String, Object> properties = producerProperties(settings.deliveryTimeout());
    properties.put(ProducerConfig.LINGER_MS_CONFIG, (int) settings.linger().toMillis());
    properties.put(ProducerConfig.BATCH_SIZE_CONFIG, settings.batchBytes());
    return producer(properties, Map.of());
  }

  /** For records that must stand without a hole: what follows waits until what is before stands. */
  KafkaProducer<byte[], byte[]> unbrokenProducer(Duration deliveryTimeout) {
    Map<String, Object> properties = producerProperties(deliveryTimeout);
    properties.put(ProducerConfig.LINGER_MS_CONFIG, 5);
    properties.put(ProducerConfig.BATCH_SIZE_CONFIG, 1 << 20);
    return producer(properties, Map.of(ProducerConfig.MAX_IN_FLIGHT_REQUESTS_PER_CONNECTION, 1));
  }

  /** For control records: each is sent at once. */
  KafkaProducer<byte[], byte[]> promptProducer(Duration deliveryTimeout) {
    return producer(producerProperties(deliveryTimeout), Map.of());
  }

  /** For copies of records of any size that we read, with headers on top; holds two such. */
  KafkaProducer<byte[], byte[]> rejectedProducer(Duration deliveryTimeout) {
    Map<String, Object> properties = producerProperties(deliveryTimeout);
    properties.put(ProducerConfig.BATCH_SIZE_CONFIG, 256 << 10);
    return producer(
        properties,
        Map.of(
            ProducerConfig.MAX_REQUEST_SIZE_CONFIG,
            LARGEST_REJECTED,
            ProducerConfig.BUFFER_MEMORY_CONFIG,
            2L * LARGEST_REJECTED));
  }

  /** As {@link #promptProducer}; its transactions end by themselves after {@code timeout}. */
  KafkaProducer<byte[], byte[]> transactionalProducer(String transactionalId, Duration timeout) {
    Map<String, Object> properties = producerProperties(timeout);
    properties.put(ProducerConfig.TRANSACTION_TIMEOUT_CONFIG, (int) timeout.toMillis());
    return producer(properties, Map.of(ProducerConfig.TRANSACTIONAL_ID_CONFIG, transactionalId));
  }

  /** A consumer for assigned partitions; keys and values may be views of its fetch buffers. */
  KafkaConsumer<ByteBuffer, ByteBuffer> consumer(IsolationLevel isolation) {
    return consumer(isolation, new HashMap<>(), 16 << 20, 64 << 20);
  }

  /**
   * The same for one that reads a little here and there: it fetches no more than that at once, and
   * the broker does not hold back what it asks for next because there is nothing at the log's end.
   */
  KafkaConsumer<ByteBuffer, ByteBuffer> chunkConsumer(IsolationLevel isolation, int fetchBytes) {
    Map<String, Object> properties = new HashMap<>();
    properties.put(ConsumerConfig.FETCH_MAX_WAIT_MS_CONFIG, 1);
    return consumer(isolation, properties, fetchBytes, fetchBytes);
  }

  private KafkaConsumer<ByteBuffer, ByteBuffer> consumer(
      IsolationLevel isolation,
      Map<String, Object> properties,
      int partitionFetchBytes,
      int fetchBytes) {
    properties.put(ConsumerConfig.MAX_PARTITION_FETCH_BYTES_CONFIG, partitionFetchBytes);
    properties.put(ConsumerConfig.FETCH_MAX_BYTES_CONFIG, fetchBytes);
    properties.put(ConsumerConfig.MAX_POLL_RECORDS_CONFIG, 100_000);
    return consumer(
        properties, Map.of(ConsumerConfig.ISOLATION_LEVEL_CONFIG, isolation.toString()));
  }

  /**
   * A member of a consumer group that gets committed records one by one. It is missed when its
   * process is gone, not when the thread that polls is busy.
   */
  KafkaConsumer<ByteBuffer, ByteBuffer> groupConsumer(String group) {
    Map<String, Object> properties = new HashMap<>();
    properties.put(ConsumerConfig.MAX_POLL_RECORDS_CONFIG, 1);
    // The least that a broker allows unless told otherwise.
    properties.put(ConsumerConfig.SESSION_TIMEOUT_MS_CONFIG, 6_000);
    properties.put(ConsumerConfig.HEARTBEAT_INTERVAL_MS_CONFIG, 1_000);
    return consumer(
        properties,
        Map.of(
            ConsumerConfig.ISOLATION_LEVEL_CONFIG,
            IsolationLevel.READ_COMMITTED.toString(),
            ConsumerConfig.GROUP_ID_CONFIG,
            group,
            ConsumerConfig.GROUP_PROTOCOL_CONFIG,
            "classic",
            ConsumerConfig.PARTITION_ASSIGNMENT_STRATEGY_CONFIG,
            StickyAssignor.class.getName(),
            ConsumerConfig.MAX_POLL_INTERVAL_MS_CONFIG,
            (int) Duration.ofDays(1).toMillis()));
  }

  private KafkaConsumer<ByteBuffer, ByteBuffer> consumer(
      Map<String, Object> properties, Map<String, Object> required) {
    properties.put(ConsumerConfig.FETCH_MIN_BYTES_CONFIG, 1);
    properties.putIfAbsent(ConsumerConfig.FETCH_MAX_WAIT_MS_CONFIG, 100);
    properties.put(ConsumerConfig.ALLOW_AUTO_CREATE_TOPICS_CONFIG, false);
    properties.put(ConsumerConfig.DEFAULT_API_TIMEOUT_MS_CONFIG, 30_000);
    addCommon(properties);
    properties.put(ConsumerConfig.ENABLE_AUTO_COMMIT_CONFIG, false);
    properties.put(ConsumerConfig.AUTO_OFFSET_RESET_CONFIG, "none");
    properties.putAll(required);
    return open(
        () ->
            new KafkaConsumer<>(
                properties, new ByteBufferDeserializer(), new ByteBufferDeserializer()));
  }

  Map<String, Object> adminProperties(Duration timeout) {
    Map<String, Object> properties = new HashMap<>();
    int milliseconds = (int) timeout.toMillis();
    properties.put(AdminClientConfig.DEFAULT_API_TIMEOUT_MS_CONFIG, milliseconds);
    properties.put(AdminClientConfig.REQUEST_TIMEOUT_MS_CONFIG, milliseconds);
    addCommon(properties);
    return properties;
  }

  private static Map<String, Object> producerProperties(Duration deliveryTimeout) {
    int milliseconds = (int) deliveryTimeout.toMillis();
    Map<String, Object> properties = new HashMap<>();
    properties.put(ProducerConfig.LINGER_MS_CONFIG, 0);
    properties.put(ProducerConfig.BUFFER_MEMORY_CONFIG, 64L << 20);
    properties.put(ProducerConfig.MAX_REQUEST_SIZE_CONFIG, LARGEST_RECORD);
    properties.put(ProducerConfig.COMPRESSION_TYPE_CONFIG, "lz4");
    properties.put(ProducerConfig.REQUEST_TIMEOUT_MS_CONFIG, Math.max(milliseconds / 3, 1));
    properties.put(ProducerConfig.DELIVERY_TIMEOUT_MS_CONFIG, milliseconds);
    properties.put(ProducerConfig.MAX_BLOCK_MS_CONFIG, milliseconds);
    return properties;
  }

  private KafkaProducer<byte[], byte[]> producer(
      Map<String, Object> properties, Map<String, Object> required) {
    addCommon(properties);
    properties.put(ProducerConfig.ACKS_CONFIG, "all");
    properties.put(ProducerConfig.ENABLE_IDEMPOTENCE_CONFIG, true);
    properties.putAll(required);
    return open(
        () ->
            new KafkaProducer<>(properties, new ByteArraySerializer(), new ByteArraySerializer()));
  }

  /** What every Kafka client of ours is told, for those that a library of Kafka makes itself. */
  public Map<String, Object> clientSettings() {
    Map<String, Object> properties = new HashMap<>();
    addCommon(properties);
    return properties;
  }

  private void addCommon(Map<String, Object> properties) {
    // A broker that came back is found again within a second.
    properties.put(CommonClientConfigs.RECONNECT_BACKOFF_MAX_MS_CONFIG, 1_000);
    // No telemetry of the clients to the broker: it costs a thread's attention and nobody reads it.
    properties.put(CommonClientConfigs.ENABLE_METRICS_PUSH_CONFIG, false);
    // Registering every metric with JMX makes opening a client slow; see ClientObserver.
    properties.put(CommonClientConfigs.METRIC_REPORTER_CLASSES_CONFIG, "");
    properties.putAll(clientProperties);
    properties.put(CommonClientConfigs.BOOTSTRAP_SERVERS_CONFIG, bootstrapServers);
  }

  /** Runs a client's constructor; its failures are about addresses and properties. */
  <T> T open(Supplier<T> constructor) {
    try {
      return constructor.get();
    } catch (KafkaException e) {
      throw new LogException(
          "No Kafka client can be made for %s: %s".formatted(bootstrapServers, reason(e)), e);
    }
  }

  /**
   * Why no client can be made. Of keys and certificates all that Kafka says; of anything else only
   * the first cause, since parsers quote what they cannot read, passwords among it.
   */
  private static String reason(KafkaException failure) {
    Throwable files = KafkaRefusal.find(failure, InvalidConfigurationException.class);
    if (files == null) {
      Throwable cause = failure.getCause() == null ? failure : failure.getCause();
      return String.valueOf(cause.getMessage());
    }
    StringBuilder reason = new StringBuilder(String.valueOf(files.getMessage()));
    for (Throwable next = files.getCause();
        next instanceof KafkaException;
        next = next.getCause()) {
      reason.append(": ").append(next.getMessage());
    }
    return reason.toString();
  }

  @Override
  public String toString() {
    return "LogConnection[bootstrapServers=%s, prefix=%s, clientProperties=%d]"
        .formatted(bootstrapServers, prefix, clientProperties.size());
  }
}
