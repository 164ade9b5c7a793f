package dev.relive.log;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.IsolationLevel;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.header.Header;
import org.apache.kafka.common.header.internals.RecordHeader;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Copies unusable records to a stream's rejected topic, once for each reader: on opening it looks
 * how far the reader had come, so a record that is read again after a restart is not copied again.
 *
 * <p>A copy has the record's value, the key {@code topic/partition/offset}, and the headers below.
 * Copying never stops the reader: what cannot be copied is logged.
 */
public final class RejectedTopic implements RejectedRecords, AutoCloseable {
  /** The {@link RejectionReason#label}. */
  public static final String REASON = "relive-reason";

  /** The fault in one sentence. */
  public static final String DETAIL = "relive-detail";

  /** The record's own key, its first kilobyte; absent where it had none. */
  public static final String KEY = "relive-key";

  /** Who read it: the run. */
  public static final String READER = "relive-reader";

  private static final Logger LOG = LoggerFactory.getLogger(RejectedTopic.class);
  private static final int LONGEST_KEY = 1024;

  private final String topic;
  private final String reader;
  private final Map<String, Long> copiedUpTo;
  private final KafkaProducer<byte[], byte[]> producer;

  private RejectedTopic(
      String topic,
      String reader,
      Map<String, Long> copiedUpTo,
      KafkaProducer<byte[], byte[]> producer) {
    this.topic = topic;
    this.reader = reader;
    this.copiedUpTo = copiedUpTo;
    this.producer = producer;
  }

  /**
   * Opens the rejected topic of a stream, which must exist.
   *
   * @param reader the run that reads
   */
  public static RejectedTopic open(LogConnection connection, String stream, String reader) {
    String topic = connection.topics().rejected(stream).name();
    Map<String, Long> copiedUpTo = new HashMap<>();
    try (KafkaConsumer<ByteBuffer, ByteBuffer> consumer =
        connection.consumer(IsolationLevel.READ_UNCOMMITTED)) {
      PartitionScan scan = new PartitionScan(consumer, new TopicPartition(topic, 0));
      scan.read(scan.begin(), scan.end(), record -> note(record, reader, copiedUpTo));
    } catch (KafkaException e) {
      throw LogException.during("Reading topic " + topic, e);
    }
    return new RejectedTopic(
        topic, reader, copiedUpTo, connection.rejectedProducer(Duration.ofSeconds(30)));
  }

  private static void note(
      ConsumerRecord<ByteBuffer, ByteBuffer> copy, String reader, Map<String, Long> copiedUpTo) {
    Header header = copy.headers().lastHeader(READER);
    if (header == null || !Arrays.equals(header.value(), reader.getBytes(UTF_8))) {
      return;
    }
    String key = copy.key() == null ? "" : UTF_8.decode(copy.key().duplicate()).toString();
    int slash = key.lastIndexOf('/');
    if (slash > 0 && key.substring(slash + 1).matches("[0-9]{1,18}")) {
      long offset = Long.parseLong(key.substring(slash + 1));
      copiedUpTo.merge(key.substring(0, slash), offset, Math::max);
    }
  }

  @Override
  public void add(
      ConsumerRecord<ByteBuffer, ByteBuffer> record, RejectedRecordException rejection) {
    String source = record.topic() + "/" + record.partition();
    if (record.offset() <= copiedUpTo.getOrDefault(source, -1L)) {
      return;
    }
    String key = source + "/" + record.offset();
    try {
      var unused =
          producer.send(
              new ProducerRecord<>(
                  topic,
                  0,
                  key.getBytes(UTF_8),
                  bytes(record.value(), Integer.MAX_VALUE),
                  headers(record, rejection)),
              (metadata, failure) -> {
                if (failure != null) {
                  LOG.warn("Record {} was not copied to {}: {}", key, topic, failure.getMessage());
                }
              });
    } catch (KafkaException e) {
      LOG.warn("Record {} was not copied to {}: {}", key, topic, e.getMessage());
    }
  }

  private List<Header> headers(
      ConsumerRecord<ByteBuffer, ByteBuffer> record, RejectedRecordException rejection) {
    String detail = rejection.getMessage() == null ? "" : rejection.getMessage();
    Header reason = new RecordHeader(REASON, rejection.reason().label().getBytes(UTF_8));
    Header why = new RecordHeader(DETAIL, detail.getBytes(UTF_8));
    Header by = new RecordHeader(READER, reader.getBytes(UTF_8));
    byte[] key = bytes(record.key(), LONGEST_KEY);
    return key == null
        ? List.of(reason, why, by)
        : List.of(reason, why, by, new RecordHeader(KEY, key));
  }

  private static byte @Nullable [] bytes(@Nullable ByteBuffer buffer, int most) {
    if (buffer == null) {
      return null;
    }
    byte[] bytes = new byte[Math.min(buffer.remaining(), most)];
    buffer.get(buffer.position(), bytes);
    return bytes;
  }

  @Override
  public void close() {
    producer.close(Duration.ofSeconds(5));
  }
}
