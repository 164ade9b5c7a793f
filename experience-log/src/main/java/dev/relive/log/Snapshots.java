package dev.relive.log;

import dev.relive.log.wire.Snapshot;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.common.IsolationLevel;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.PartitionInfo;
import org.apache.kafka.common.TopicPartition;
import org.jspecify.annotations.Nullable;

/** The snapshots that a log keeps, read without changing anything in it. */
public final class Snapshots {
  private final LogConnection connection;
  private final RejectionCounters rejected = new RejectionCounters();

  /** Is told how far reading is, as often as a record is read. */
  public interface ReadProgress {
    /**
     * Reading has come so far.
     *
     * @param done offsets passed
     * @param total offsets to pass
     */
    void passed(long done, long total);
  }

  /** The snapshots of a log, whose topics need not exist. */
  public Snapshots(LogConnection connection) {
    this.connection = connection;
  }

  /**
   * Gives every committed snapshot of the log that there is now, those of each run in the order of
   * their versions. They come one by one, and none is held.
   *
   * @param run whose; null for those of all runs
   * @throws LogException if the log cannot be read
   */
  public void read(@Nullable String run, ReadProgress progress, Consumer<Snapshot> each) {
    String topic = connection.topics().snapshots().name();
    try (KafkaConsumer<ByteBuffer, ByteBuffer> consumer =
        connection.consumer(IsolationLevel.READ_COMMITTED)) {
      Map<TopicPartition, Long> ends =
          CommittedEnds.await(connection, consumer, partitions(consumer, topic, run));
      Map<TopicPartition, Long> begins = consumer.beginningOffsets(ends.keySet());
      long total = 0;
      for (Map.Entry<TopicPartition, Long> end : ends.entrySet()) {
        total += end.getValue() - begins.getOrDefault(end.getKey(), 0L);
      }
      long before = 0;
      for (Map.Entry<TopicPartition, Long> end : ends.entrySet()) {
        long begin = begins.getOrDefault(end.getKey(), 0L);
        long passed = before - begin;
        long all = total;
        new PartitionScan(consumer, end.getKey())
            .read(
                begin,
                end.getValue(),
                record -> {
                  progress.passed(passed + record.offset() + 1, all);
                  take(record, run, each);
                });
        before += end.getValue() - begin;
      }
    } catch (KafkaException e) {
      throw LogException.during("Reading topic " + topic, e);
    }
  }

  /** Records that could not be used. */
  public RejectionCounters rejected() {
    return rejected;
  }

  /** The partitions that can hold such snapshots; none where there is no such topic. */
  private static List<TopicPartition> partitions(
      KafkaConsumer<ByteBuffer, ByteBuffer> consumer, String topic, @Nullable String run) {
    List<PartitionInfo> known = consumer.partitionsFor(topic);
    int count = known == null ? 0 : known.size();
    List<TopicPartition> partitions = new ArrayList<>();
    for (int partition = 0; partition < count; partition++) {
      if (run == null || partition == RunPartition.of(run, count)) {
        partitions.add(new TopicPartition(topic, partition));
      }
    }
    return partitions;
  }

  private void take(
      ConsumerRecord<ByteBuffer, ByteBuffer> record,
      @Nullable String run,
      Consumer<Snapshot> each) {
    if (record.value() == null) {
      return;
    }
    try {
      Snapshot snapshot = RecordCodec.SNAPSHOT.decode(record.value());
      if (run == null || snapshot.getRun().equals(run)) {
        each.accept(snapshot);
      }
    } catch (RejectedRecordException e) {
      rejected.add(e.reason());
    }
  }
}
