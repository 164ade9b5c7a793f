package dev.relive.log;

import dev.relive.log.ReadRequest.Slice;
import java.nio.ByteBuffer;
import java.util.HashMap;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.clients.consumer.OffsetAndTimestamp;
import org.apache.kafka.common.PartitionInfo;
import org.apache.kafka.common.TopicPartition;
import org.jspecify.annotations.Nullable;

/** Puts a consumer at the start of a request's slices and knows when their ends are reached. */
final class SliceEnds {
  private final ReadRequest request;

  /** The slices not yet read to their end, by partition, with their end offsets. */
  private final Map<Integer, Long> open = new HashMap<>();

  SliceEnds(ReadRequest request) {
    this.request = request;
    request.slices().forEach(slice -> open.put(slice.partition(), slice.endOffset()));
  }

  /**
   * Assigns and seeks.
   *
   * @param selection tells segments, where reading begins at one
   * @throws LogException if a partition or an offset does not exist
   */
  void start(KafkaConsumer<ByteBuffer, ByteBuffer> consumer, SegmentSelection selection) {
    requirePartitions(consumer.partitionsFor(request.topic().name()));
    List<TopicPartition> partitions = request.slices().stream().map(this::partition).toList();
    consumer.assign(partitions);
    Map<TopicPartition, Long> begins = consumer.beginningOffsets(partitions);
    Map<TopicPartition, Long> ends = consumer.endOffsets(partitions);
    for (Slice slice : request.slices()) {
      TopicPartition partition = partition(slice);
      long begin = begins.getOrDefault(partition, 0L);
      long end = ends.getOrDefault(partition, 0L);
      if (slice.endOffset() == Slice.NOW) {
        open.put(slice.partition(), end);
      }
      consumer.seek(partition, startOffset(consumer, selection, slice, begin, end));
    }
    update(consumer);
  }

  private void requirePartitions(@Nullable List<PartitionInfo> infos) {
    int partitions = infos == null ? 0 : infos.size();
    if (partitions == 0) {
      throw new LogException("There is no topic %s.".formatted(request.topic().name()));
    }
    for (Slice slice : request.slices()) {
      if (slice.partition() < 0 || slice.partition() >= partitions) {
        throw new LogException(
            "Topic %s has no partition %d: it has %d, counted from 0."
                .formatted(request.topic().name(), slice.partition(), partitions));
      }
    }
  }

  private long startOffset(
      KafkaConsumer<ByteBuffer, ByteBuffer> consumer,
      SegmentSelection selection,
      Slice slice,
      long begin,
      long end) {
    StartAt start = slice.start();
    if (start instanceof StartAt.Segment at) {
      TopicPartition partition = partition(slice);
      return new SegmentSearch(request, selection, partition, at)
          .offset(new PartitionScan(consumer, partition), begin, end);
    } else if (start instanceof StartAt.Offset at) {
      requireInLog(partition(slice), at.offset(), begin, end);
      return at.offset();
    } else if (start instanceof StartAt.Time at) {
      TopicPartition partition = partition(slice);
      OffsetAndTimestamp found =
          consumer.offsetsForTimes(Map.of(partition, at.time().toEpochMilli())).get(partition);
      return found == null ? end : found.offset();
    } else if (start instanceof StartAt.Beginning) {
      return begin;
    } else {
      return end;
    }
  }

  /**
   * Checks that reading a partition can begin at an offset.
   *
   * @param begin the offset of the first record there is
   * @param end the offset after the last
   * @throws LogException if what stood there was deleted, or never was
   */
  static void requireInLog(TopicPartition partition, long offset, long begin, long end) {
    if (offset < begin) {
      throw new LogException(
          "Reading %s partition %d cannot begin at offset %d: what stood before offset %d was deleted."
              .formatted(partition.topic(), partition.partition(), offset, begin));
    }
    if (offset > end) {
      throw new LogException(
          "Reading %s partition %d cannot begin at offset %d: the log ends at offset %d."
              .formatted(partition.topic(), partition.partition(), offset, end));
    }
  }

  /** Whether the record is within its slice; one at the end closes it. */
  boolean includes(ConsumerRecord<ByteBuffer, ByteBuffer> record) {
    Long end = open.get(record.partition());
    if (end == null) {
      return false;
    }
    if (record.offset() + 1 >= end) {
      open.remove(record.partition());
    }
    return record.offset() < end;
  }

  /** Closes slices whose end was reached without a record there, and stops fetching them. */
  void update(KafkaConsumer<ByteBuffer, ByteBuffer> consumer) {
    for (Iterator<Map.Entry<Integer, Long>> i = open.entrySet().iterator(); i.hasNext(); ) {
      Map.Entry<Integer, Long> slice = i.next();
      TopicPartition partition = new TopicPartition(request.topic().name(), slice.getKey());
      if (slice.getValue() != Slice.LIVE && consumer.position(partition) >= slice.getValue()) {
        i.remove();
      }
    }
    if (open.size() < consumer.assignment().size() && !open.isEmpty()) {
      consumer.assign(
          open.keySet().stream()
              .map(number -> new TopicPartition(request.topic().name(), number))
              .toList());
    }
  }

  boolean reached() {
    return open.isEmpty();
  }

  private TopicPartition partition(Slice slice) {
    return new TopicPartition(request.topic().name(), slice.partition());
  }
}
