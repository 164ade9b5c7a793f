package dev.relive.log;

import java.nio.ByteBuffer;
import java.util.List;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.common.TopicPartition;
import org.jspecify.annotations.Nullable;

/** Follows the runs topic: gives the whole table once it is read, then after changes. */
final class TableTask implements PollTask<List<Run>> {
  private final TopicPartition partition;
  private final RunTable table;
  private long complete;
  private boolean changed = true;

  TableTask(Topic topic, RejectionCounters rejected) {
    this.partition = new TopicPartition(topic.name(), 0);
    this.table = new RunTable(rejected);
  }

  @Override
  public void start(KafkaConsumer<ByteBuffer, ByteBuffer> consumer) {
    PartitionScan scan = new PartitionScan(consumer, partition);
    complete = scan.end();
    consumer.seek(partition, scan.begin());
  }

  @Override
  public @Nullable List<Run> record(ConsumerRecord<ByteBuffer, ByteBuffer> record) {
    table.apply(record.key(), record.value());
    changed = true;
    return null;
  }

  @Override
  public @Nullable List<Run> polled(KafkaConsumer<ByteBuffer, ByteBuffer> consumer) {
    if (!changed || consumer.position(partition) < complete) {
      return null;
    }
    changed = false;
    return table.runs();
  }
}
