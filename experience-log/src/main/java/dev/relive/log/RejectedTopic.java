package dev.relive.log;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.ArrayList;
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

/**
 * Copies unusable records to a stream's rejected topic, once for each reader: on opening it looks
 * how far the reader had come, so a record that is read again after a restart is not copied again.
 *
 * <p>A copy has the record's value, the key {@code topic/partition/offset}, and the headers below.
 * Copies are written in the order of the records and none is left out: the first that Kafka does
 * not take within {@link #DELIVERY} is the last, and ends the reader. Few are held in memory; while
 * Kafka is slow to take them, so is the reader.
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

  /** The size of the record's value in bytes, where the copy has only the first megabyte of it. */
  public static final String SIZE = "relive-size";

  private static final Duration DELIVERY = Duration.ofMinutes(2);
  private static final Duration CLOSE = Duration.ofSeconds(5);
  private static final int LONGEST_KEY = 1024;
  private static final int BEGINNING = 1 << 20;

  private final String topic;
  private final String reader;
  private final Map<String, Long> copiedUpTo;
  private final KafkaProducer<byte[], byte[]> producer;
  private final SentCopies copies = new SentCopies();

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
    return new RejectedTopic(topic, reader, copiedUpTo, connection.rejectedProducer(DELIVERY));
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

  /**
   * Copies a record, unless it was copied before.
   *
   * @throws LogException if this or an earlier copy could not be written
   */
  @Override
  public void add(
      ConsumerRecord<ByteBuffer, ByteBuffer> record, RejectedRecordException rejection) {
    String source = record.topic() + "/" + record.partition();
    if (record.offset() <= copiedUpTo.getOrDefault(source, -1L)) {
      return;
    }
    String key = source + "/" + record.offset();
    copies.sent();
    try {
      var unused =
          producer.send(copy(key, record, rejection), (metadata, failure) -> written(key, failure));
    } catch (KafkaException | IllegalStateException e) {
      written(key, e);
    }
    copies.requireNoFailure();
  }

  private void written(String key, @Nullable Exception failure) {
    if (failure == null) {
      copies.acknowledged();
      return;
    }
    copies.failed(LogException.during("Copying record " + key + " to topic " + topic, failure));
    // What was sent after it must not be written either, or it would be taken for copied.
    producer.close(Duration.ZERO);
  }

  /**
   * Returns when every copy of a record that was added before is in the topic: what makes a reader
   * go on behind such a record must wait for that.
   *
   * @throws LogException if one could not be written
   */
  public void awaitCopies() throws InterruptedException {
    copies.awaitAcknowledged();
  }

  private ProducerRecord<byte[], byte[]> copy(
      String key,
      ConsumerRecord<ByteBuffer, ByteBuffer> record,
      RejectedRecordException rejection) {
    ByteBuffer value = record.value();
    boolean fits = value == null || value.remaining() <= LogConnection.LARGEST_RECORD;
    List<Header> headers = new ArrayList<>();
    headers.add(header(REASON, rejection.reason().label()));
    headers.add(header(DETAIL, String.valueOf(rejection.getMessage())));
    headers.add(header(READER, reader));
    byte[] own = bytes(record.key(), LONGEST_KEY);
    if (own != null) {
      headers.add(new RecordHeader(KEY, own));
    }
    if (value != null && !fits) {
      headers.add(header(SIZE, Integer.toString(value.remaining())));
    }
    byte[] copied = bytes(value, fits ? Integer.MAX_VALUE : BEGINNING);
    return new ProducerRecord<>(topic, 0, key.getBytes(UTF_8), copied, headers);
  }

  private static Header header(String name, String value) {
    return new RecordHeader(name, value.getBytes(UTF_8));
  }

  private static byte @Nullable [] bytes(@Nullable ByteBuffer buffer, int most) {
    if (buffer == null) {
      return null;
    }
    byte[] bytes = new byte[Math.min(buffer.remaining(), most)];
    buffer.get(buffer.position(), bytes);
    return bytes;
  }

  /** Writes what was added, as far as Kafka takes it within five seconds. */
  @Override
  public void close() {
    producer.close(CLOSE);
  }
}
