package dev.relive.log;

import dev.relive.log.wire.CheckpointState.SegmentIdentity;
import dev.relive.log.wire.Position;
import java.nio.ByteBuffer;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.common.TopicPartition;
import org.jspecify.annotations.Nullable;

/** Finds where the first segment of a request stands, which may have moved. */
final class SegmentSearch {
  private final ReadRequest request;
  private final SegmentSelection selection;
  private final TopicPartition partition;
  private final StartAt.Segment wanted;

  private long counted;
  private long foundAt = -1;

  SegmentSearch(
      ReadRequest request,
      SegmentSelection selection,
      TopicPartition partition,
      StartAt.Segment wanted) {
    this.request = request;
    this.selection = selection;
    this.partition = partition;
    this.wanted = wanted;
  }

  /**
   * Its offset: the hint where the segment stands there, else what counting from the run's first
   * offset comes to.
   *
   * @throws LogException if it is not there, or another segment has its ordinal
   */
  long offset(PartitionScan scan, long begin, long end) {
    Position hint = wanted.hint();
    if (hint.getTopic().equals(partition.topic())
        && hint.getPartition() == partition.partition()
        && hint.getOffset() >= begin
        && hint.getOffset() < end) {
      scan.read(hint.getOffset(), hint.getOffset() + 1, this::verify);
    }
    return foundAt >= 0 ? foundAt : count(scan, begin, end);
  }

  private void verify(ConsumerRecord<ByteBuffer, ByteBuffer> record) {
    Segment segment = segment(record);
    if (segment != null && isWanted(segment)) {
      foundAt = record.offset();
    }
  }

  private long count(PartitionScan scan, long begin, long end) {
    if (wanted.runStart() < begin) {
      throw refusal(
          "what stood in partition %d before offset %d was deleted, and the run begins at %d"
              .formatted(partition.partition(), begin, wanted.runStart()));
    }
    scan.readWhile(wanted.runStart(), end, this::countUpToWanted);
    if (foundAt < 0 && (counted < request.firstOrdinal() || wanted.identity() != null)) {
      throw refusal("it holds " + counted + " segments of the run");
    }
    return foundAt < 0 ? Math.max(wanted.runStart(), end) : foundAt;
  }

  private boolean countUpToWanted(ConsumerRecord<ByteBuffer, ByteBuffer> record) {
    Segment segment = segment(record);
    if (segment == null) {
      return true;
    }
    if (counted < request.firstOrdinal()) {
      counted++;
      return true;
    }
    if (wanted.identity() != null && !isWanted(segment)) {
      throw refusal(
          "segment %d of %s stands there where segment %d of %s@%x is expected"
              .formatted(
                  segment.sequence(),
                  segment.lane(),
                  wanted.identity().getSequence(),
                  wanted.identity().getActor(),
                  wanted.identity().getEpoch()));
    }
    foundAt = record.offset();
    return false;
  }

  private @Nullable Segment segment(ConsumerRecord<ByteBuffer, ByteBuffer> record) {
    try {
      return selection.segment(record);
    } catch (RejectedRecordException e) {
      // Has no ordinal; who reads it after the search counts it.
      return null;
    }
  }

  private boolean isWanted(Segment segment) {
    SegmentIdentity identity = wanted.identity();
    return identity != null
        && segment.sequence() == identity.getSequence()
        && segment.lane().epoch() == identity.getEpoch()
        && segment.lane().actor().equals(identity.getActor());
  }

  private LogException refusal(String why) {
    return new LogException(
        "Reading %s cannot begin at segment %d of run %s: %s."
            .formatted(partition.topic(), request.firstOrdinal(), request.run(), why));
  }
}
