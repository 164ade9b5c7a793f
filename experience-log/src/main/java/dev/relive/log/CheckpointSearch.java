package dev.relive.log;

import dev.relive.log.wire.CheckpointPart;
import dev.relive.log.wire.Position;
import dev.relive.log.wire.Progress;
import java.nio.ByteBuffer;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.common.IsolationLevel;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.TopicPartition;

/** Finds the parts of the checkpoint that a Progress points to. */
final class CheckpointSearch {
  private final Progress progress;
  private final RunRecords<CheckpointPart> records;
  private final Map<Integer, CheckpointPart> found = new TreeMap<>();

  CheckpointSearch(Progress progress) {
    this.progress = progress;
    this.records =
        RunRecords.keyedUnderRun(
            progress.getRun(),
            RecordCodec.CHECKPOINT_PART,
            CheckpointPart::getRun,
            new RejectionCounters());
  }

  /**
   * The parts in their order.
   *
   * @throws LogException if they are not all in the log
   */
  List<CheckpointPart> parts(LogConnection connection) {
    String topic = connection.topics().checkpoints().name();
    try (KafkaConsumer<ByteBuffer, ByteBuffer> consumer =
        connection.consumer(IsolationLevel.READ_COMMITTED)) {
      int partitions = consumer.partitionsFor(topic).size();
      TopicPartition partition =
          new TopicPartition(topic, RunPartition.of(progress.getRun(), partitions));
      PartitionScan scan = new PartitionScan(consumer, partition);
      long begin = scan.begin();
      long end = PartitionScan.logEnd(connection, partition);
      long hint = hint(partition, begin, end);
      if (!isWholeAt(scan, hint, end) && !isWholeIn(scan, begin, end)) {
        throw new LogException(
            "Checkpoint %d of run %s is not whole in topic %s: its parts %s are there."
                .formatted(
                    progress.getCheckpointOrdinal(), progress.getRun(), topic, found.keySet()));
      }
    } catch (KafkaException e) {
      throw LogException.during("Reading topic " + topic, e);
    }
    return List.copyOf(found.values());
  }

  private long hint(TopicPartition partition, long begin, long end) {
    Position hint = progress.getCheckpoint();
    boolean here =
        hint.getTopic().equals(partition.topic()) && hint.getPartition() == partition.partition();
    return here && hint.getOffset() >= begin && hint.getOffset() < end ? hint.getOffset() : begin;
  }

  /** Reads from where they should stand until all parts are found; whether they are. */
  private boolean isWholeAt(PartitionScan scan, long from, long to) {
    found.clear();
    scan.readWhile(
        from,
        to,
        record -> {
          take(record);
          return !isWhole();
        });
    return isWhole();
  }

  /** Reads everything: a run that was deleted, and began anew, has had such a checkpoint before. */
  private boolean isWholeIn(PartitionScan scan, long from, long to) {
    found.clear();
    scan.read(from, to, this::take);
    return isWhole();
  }

  private void take(ConsumerRecord<ByteBuffer, ByteBuffer> record) {
    if (records.isDeletion(record)) {
      found.clear();
    }
    CheckpointPart part = records.decode(record);
    // What an older and larger checkpoint leaves under its last keys has another ordinal.
    if (part != null && part.getOrdinal() == progress.getCheckpointOrdinal()) {
      found.put(part.getPart(), part);
    }
  }

  private boolean isWhole() {
    return !found.isEmpty() && found.size() == found.values().iterator().next().getParts();
  }
}
