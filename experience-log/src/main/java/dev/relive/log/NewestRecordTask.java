package dev.relive.log;

import com.google.protobuf.Message;
import java.nio.ByteBuffer;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.common.TopicPartition;
import org.jspecify.annotations.Nullable;

/** Finds the newest record of a run, then gives the newest of every fetch. */
final class NewestRecordTask<T extends Message> implements PollTask<T> {
  private final TopicPartition partition;
  private final RunRecords<T> records;
  private @Nullable T newest;

  NewestRecordTask(Topic topic, RunRecords<T> records) {
    this.partition = new TopicPartition(topic.name(), 0);
    this.records = records;
  }

  @Override
  public void start(KafkaConsumer<ByteBuffer, ByteBuffer> consumer) {
    PartitionScan scan = new PartitionScan(consumer, partition);
    long end = scan.end();
    newest = records.newest(scan, end).map(Found::value).orElse(null);
    consumer.seek(partition, end);
  }

  @Override
  public @Nullable T record(ConsumerRecord<ByteBuffer, ByteBuffer> record) {
    T decoded = records.decode(record);
    if (decoded != null || records.isDeletion(record)) {
      newest = decoded;
    }
    return null;
  }

  @Override
  public @Nullable T polled(KafkaConsumer<ByteBuffer, ByteBuffer> consumer) {
    T given = newest;
    newest = null;
    return given;
  }
}
