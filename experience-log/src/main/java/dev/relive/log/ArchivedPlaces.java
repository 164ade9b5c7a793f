package dev.relive.log;

import dev.relive.log.wire.Position;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentMap;
import org.apache.kafka.common.TopicPartition;

/** Where some records of one kind stand that are counted from 0; those asked for, and no others. */
final class ArchivedPlaces {
  private static final long NOWHERE = -1;

  private final TopicPartition partition;
  private final ConcurrentMap<Long, Long> offsets = new ConcurrentHashMap<>();

  /**
   * @param wanted the numbers of the records that are asked for; negative ones are none's
   */
  ArchivedPlaces(TopicPartition partition, long... wanted) {
    this.partition = partition;
    for (long number : wanted) {
      offsets.put(number, NOWHERE);
    }
  }

  TopicPartition partition() {
    return partition;
  }

  void stands(long number, long offset) {
    offsets.computeIfPresent(number, (asked, before) -> offset);
  }

  /**
   * Where a record stands that was asked for.
   *
   * @throws LogException if there is no such record
   */
  Position of(long number) {
    return position(partition, offset(number));
  }

  /** The place behind it; {@code first} where the number is that of none. */
  Position behind(long number, long first) {
    return position(partition, number < 0 ? first : offset(number) + 1);
  }

  private long offset(long number) {
    long offset = Map.copyOf(offsets).getOrDefault(number, NOWHERE);
    if (offset == NOWHERE) {
      throw new LogException(
          "The archive tells of record %d for %s, and holds fewer."
              .formatted(number, partition.topic()));
    }
    return offset;
  }

  static Position position(TopicPartition partition, long offset) {
    return Position.newBuilder()
        .setTopic(partition.topic())
        .setPartition(partition.partition())
        .setOffset(offset)
        .build();
  }
}
