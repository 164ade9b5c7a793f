package dev.relive.log;

import com.google.protobuf.Message;
import java.nio.ByteBuffer;
import java.util.List;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.common.PartitionInfo;
import org.apache.kafka.common.TopicPartition;
import org.jspecify.annotations.Nullable;

/**
 * Gives every record of a run, from the oldest on; those there are now, or those to come as well.
 */
final class EveryRecordTask<T extends Message> implements PollTask<T> {
  private final Topic topic;
  private final RunRecords<T> records;
  private final boolean live;
  private long end = Long.MAX_VALUE;
  private boolean reached;

  /**
   * @param live whether to go on as the topic grows
   */
  EveryRecordTask(Topic topic, RunRecords<T> records, boolean live) {
    this.topic = topic;
    this.records = records;
    this.live = live;
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
    if (!live) {
      end = scan.end();
    }
    consumer.seek(partition, scan.begin());
  }

  @Override
  public @Nullable T record(ConsumerRecord<ByteBuffer, ByteBuffer> record) {
    return records.decode(record);
  }

  /** Asked when all that was fetched has been given. */
  @Override
  public @Nullable T polled(KafkaConsumer<ByteBuffer, ByteBuffer> consumer) {
    reached = !live && consumer.assignment().stream().allMatch(p -> consumer.position(p) >= end);
    return null;
  }

  @Override
  public boolean finished() {
    return reached;
  }
}
