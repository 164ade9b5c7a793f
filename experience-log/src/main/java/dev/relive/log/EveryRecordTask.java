package dev.relive.log;

import com.google.protobuf.Message;
import java.nio.ByteBuffer;
import java.util.List;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.common.PartitionInfo;
import org.apache.kafka.common.TopicPartition;
import org.jspecify.annotations.Nullable;

/** Gives every record of a run, from the oldest or the newest on. */
final class EveryRecordTask<T extends Message> implements PollTask<T> {
  private final Topic topic;
  private final RunRecords<T> records;
  private final boolean fromNewest;

  EveryRecordTask(Topic topic, RunRecords<T> records, boolean fromNewest) {
    this.topic = topic;
    this.records = records;
    this.fromNewest = fromNewest;
  }

  @Override
  public void start(KafkaConsumer<ByteBuffer, ByteBuffer> consumer) {
    List<PartitionInfo> partitions = consumer.partitionsFor(topic.name());
    if (partitions == null || partitions.isEmpty()) {
      throw new LogException("There is no topic %s.".formatted(topic.name()));
    }
    TopicPartition partition =
        new TopicPartition(topic.name(), RunPartition.of(records.run(), partitions.size()));
    PartitionScan scan = new PartitionScan(consumer, partition);
    long start = scan.begin();
    if (fromNewest) {
      long end = scan.end();
      start = scan.newest(end, records::decode).map(Found::offset).orElse(end);
    }
    consumer.seek(partition, start);
  }

  @Override
  public @Nullable T record(ConsumerRecord<ByteBuffer, ByteBuffer> record) {
    return records.decode(record);
  }
}
