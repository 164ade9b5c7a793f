package dev.relive.benchmarks;

import dev.relive.log.LogConnection;
import java.nio.ByteBuffer;
import java.util.HashMap;
import java.util.Map;
import org.apache.kafka.clients.consumer.ConsumerConfig;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerConfig;
import org.apache.kafka.common.IsolationLevel;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.apache.kafka.common.serialization.ByteBufferDeserializer;

/**
 * Kafka's own clients with the settings that {@link LogConnection} gives to those of the writer and
 * of the reader: what those could reach if they did nothing themselves.
 */
final class BareClients {
  private static final int LARGEST_RECORD = 16 << 20;

  private BareClients() {}

  static KafkaProducer<byte[], byte[]> producer(LogConnection connection) {
    return producer(
        connection,
        Map.of(ProducerConfig.LINGER_MS_CONFIG, 5, ProducerConfig.BATCH_SIZE_CONFIG, 256 << 10));
  }

  /** As a run's publisher has it. */
  static KafkaProducer<byte[], byte[]> transactional(LogConnection connection, String id) {
    return producer(
        connection,
        Map.of(ProducerConfig.LINGER_MS_CONFIG, 0, ProducerConfig.TRANSACTIONAL_ID_CONFIG, id));
  }

  private static KafkaProducer<byte[], byte[]> producer(
      LogConnection connection, Map<String, Object> particular) {
    Map<String, Object> properties = new HashMap<>(particular);
    properties.put(ProducerConfig.BOOTSTRAP_SERVERS_CONFIG, connection.bootstrapServers());
    properties.put(ProducerConfig.ACKS_CONFIG, "all");
    properties.put(ProducerConfig.ENABLE_IDEMPOTENCE_CONFIG, true);
    properties.put(ProducerConfig.BUFFER_MEMORY_CONFIG, 64L << 20);
    properties.put(ProducerConfig.MAX_REQUEST_SIZE_CONFIG, LARGEST_RECORD);
    properties.put(ProducerConfig.COMPRESSION_TYPE_CONFIG, "lz4");
    return new KafkaProducer<>(properties, new ByteArraySerializer(), new ByteArraySerializer());
  }

  static KafkaConsumer<ByteBuffer, ByteBuffer> consumer(LogConnection connection) {
    return consumer(connection, IsolationLevel.READ_UNCOMMITTED);
  }

  /** As those have it that follow a learner. */
  static KafkaConsumer<ByteBuffer, ByteBuffer> committed(LogConnection connection) {
    return consumer(connection, IsolationLevel.READ_COMMITTED);
  }

  private static KafkaConsumer<ByteBuffer, ByteBuffer> consumer(
      LogConnection connection, IsolationLevel isolation) {
    Map<String, Object> properties = new HashMap<>();
    properties.put(ConsumerConfig.ISOLATION_LEVEL_CONFIG, isolation.toString());
    properties.put(ConsumerConfig.BOOTSTRAP_SERVERS_CONFIG, connection.bootstrapServers());
    properties.put(ConsumerConfig.ENABLE_AUTO_COMMIT_CONFIG, false);
    properties.put(ConsumerConfig.MAX_PARTITION_FETCH_BYTES_CONFIG, LARGEST_RECORD);
    properties.put(ConsumerConfig.FETCH_MAX_BYTES_CONFIG, 64 << 20);
    properties.put(ConsumerConfig.FETCH_MIN_BYTES_CONFIG, 1);
    properties.put(ConsumerConfig.FETCH_MAX_WAIT_MS_CONFIG, 100);
    properties.put(ConsumerConfig.MAX_POLL_RECORDS_CONFIG, 100_000);
    return new KafkaConsumer<>(
        properties, new ByteBufferDeserializer(), new ByteBufferDeserializer());
  }
}
