package dev.relive.log;

import dev.relive.log.wire.CheckpointState.SegmentIdentity;
import dev.relive.log.wire.Position;
import java.nio.ByteBuffer;
import java.util.concurrent.atomic.AtomicLong;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.common.IsolationLevel;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.TopicPartition;

/**
 * Finds a segment of a run again by its identity. Offsets are hints: a log that was copied has
 * others.
 */
public final class SegmentSearch {
  private static final long NOT_FOUND = -1;

  private final LogConnection connection;
  private final Topic topic;
  private final String run;

  /**
   * A search among the segments of a run.
   *
   * @param topic the run's experience
   */
  public SegmentSearch(LogConnection connection, Topic topic, String run) {
    this.connection = connection;
    this.topic = topic;
    this.run = run;
  }

  /**
   * The offset of a segment: the hint's if it stands there, else where it stands first.
   *
   * @param hint the partition, and where the segment stood
   * @param firstOffset where the run begins in the partition
   * @throws LogException if the segment is not in the log any more
   */
  public long offset(SegmentIdentity identity, Position hint, long firstOffset) {
    TopicPartition partition = new TopicPartition(topic.name(), hint.getPartition());
    try (KafkaConsumer<ByteBuffer, ByteBuffer> consumer =
        connection.consumer(IsolationLevel.READ_UNCOMMITTED)) {
      PartitionScan scan = new PartitionScan(consumer, partition);
      long begin = scan.begin();
      long end = scan.end();
      long found = NOT_FOUND;
      if (hint.getOffset() >= begin && hint.getOffset() < end) {
        found = first(scan, identity, hint.getOffset(), hint.getOffset() + 1);
      }
      if (found == NOT_FOUND) {
        found = first(scan, identity, Math.min(Math.max(firstOffset, begin), end), end);
      }
      if (found == NOT_FOUND) {
        throw new LogException(
            "Segment %d of %s/%s, epoch %016x, is not in %s any more, whose records begin at offset %d."
                .formatted(
                    identity.getSequence(),
                    run,
                    identity.getActor(),
                    identity.getEpoch(),
                    partition,
                    begin));
      }
      return found;
    } catch (KafkaException e) {
      throw LogException.during("Reading " + partition, e);
    }
  }

  private long first(PartitionScan scan, SegmentIdentity identity, long from, long to) {
    byte[] key = SegmentKey.prefix(run);
    AtomicLong found = new AtomicLong(NOT_FOUND);
    scan.read(
        from,
        to,
        record -> {
          if (found.get() == NOT_FOUND && is(record, key, identity)) {
            found.set(record.offset());
          }
        });
    return found.get();
  }

  private boolean is(
      ConsumerRecord<ByteBuffer, ByteBuffer> record, byte[] key, SegmentIdentity identity) {
    if (record.key() == null
        || record.value() == null
        || !SegmentKey.startsWith(record.key(), key)) {
      return false;
    }
    try {
      Segment segment = SegmentCodec.decode(record.value());
      return segment.lane().run().equals(run)
          && segment.lane().actor().equals(identity.getActor())
          && segment.lane().epoch() == identity.getEpoch()
          && segment.sequence() == identity.getSequence();
    } catch (RejectedRecordException e) {
      return false; // Whoever reads the run rejects it.
    }
  }
}
