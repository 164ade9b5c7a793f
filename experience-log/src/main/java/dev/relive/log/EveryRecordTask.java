package dev.relive.log;

import com.google.protobuf.Message;
import java.nio.ByteBuffer;
import java.util.List;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.common.PartitionInfo;
import org.apache.kafka.common.TopicPartition;
import org.jspecify.annotations.Nullable;

/** Gives every record of a run, from the oldest on. */
final class EveryRecordTask<T extends Message> implements PollTask<T> {
  private final Topic topic;
  private final RunRecords<T> records;

  EveryRecordTask(Topic topic, RunRecords<T> records) {
    this.topic = topic;
    this.records = records;
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
    consumer.seek(partition, scan.begin());
  }

  @Override
  public @Nullable T record(ConsumerRecord<ByteBuffer, ByteBuffer> record) {
    return records.decode(record);
  }
}
