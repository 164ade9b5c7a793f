package dev.relive.log;

import com.google.protobuf.Message;
import dev.relive.log.Finding.Place;
import dev.relive.log.TopicReports.PartitionReport;
import dev.relive.log.TopicReports.TopicReport;
import java.nio.ByteBuffer;
import java.util.List;
import java.util.function.BiConsumer;
import java.util.function.Consumer;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.common.IsolationLevel;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.TopicPartition;

/** Reads what is committed in the topics that all runs share; names what cannot be used there. */
final class SharedTopicReader {
  private final LogConnection connection;
  private final List<TopicReport> topics;
  private final Findings findings;
  private final AuditListener listener;

  SharedTopicReader(
      LogConnection connection,
      List<TopicReport> topics,
      Findings findings,
      AuditListener listener) {
    this.connection = connection;
    this.topics = topics;
    this.findings = findings;
    this.listener = listener;
  }

  /** What makes a message of a record. */
  interface Decoder {
    void take(ConsumerRecord<ByteBuffer, ByteBuffer> record) throws RejectedRecordException;
  }

  /** Gives every message of a topic with its place, which names no run. */
  <T extends Message> void read(Topic topic, RecordCodec<T> codec, BiConsumer<T, Place> each) {
    read(
        topic,
        record -> {
          ByteBuffer value = record.value();
          if (value != null) {
            each.accept(codec.decode(value), place(record));
          }
        });
  }

  private static Place place(ConsumerRecord<ByteBuffer, ByteBuffer> record) {
    return Place.ofRecord(null, record.topic(), record.partition(), record.offset());
  }

  /** Gives every record of a topic; nothing where there is no such topic. */
  void read(Topic topic, Decoder each) {
    for (TopicReport there : topics) {
      if (there.name().equals(topic.name())) {
        there.partitions().forEach(partition -> read(there.name(), partition, each));
      }
    }
  }

  private void read(String topic, PartitionReport reported, Decoder each) {
    try (KafkaConsumer<ByteBuffer, ByteBuffer> consumer =
        connection.consumer(IsolationLevel.READ_COMMITTED)) {
      TopicPartition partition = new TopicPartition(topic, reported.partition());
      PartitionScan scan = new PartitionScan(consumer, partition);
      long begin = scan.begin();
      long end = CommittedEnds.await(consumer, partition, reported.end());
      if (end < reported.end()) {
        findings.add(
            FindingKind.UNCOMMITTED,
            Place.ofPartition(null, topic, reported.partition()),
            "What stands in partition %d of topic %s from offset %d on is not committed yet, so it was not read."
                .formatted(reported.partition(), topic, end));
      }
      scan.read(
          begin,
          end,
          record -> {
            listener.reading(topic, record.offset() - begin, end - begin);
            take(record, each);
          });
    } catch (KafkaException e) {
      throw LogException.during("Reading topic " + topic, e);
    }
  }

  private void take(ConsumerRecord<ByteBuffer, ByteBuffer> record, Decoder each) {
    try {
      each.take(record);
    } catch (RejectedRecordException e) {
      unusable(record, e);
    }
  }

  /** Names a record that cannot be used. */
  void unusable(ConsumerRecord<ByteBuffer, ByteBuffer> record, RejectedRecordException why) {
    findings.add(
        FindingKind.UNUSABLE_RECORD,
        place(record),
        "The record at offset %d of partition %d of topic %s is %s: %s"
            .formatted(
                record.offset(),
                record.partition(),
                record.topic(),
                why.reason().label(),
                why.getMessage()));
  }

  /** Reads every record of a topic of copies. */
  void copies(Topic topic, Consumer<ConsumerRecord<ByteBuffer, ByteBuffer>> each) {
    read(topic, each::accept);
  }
}
