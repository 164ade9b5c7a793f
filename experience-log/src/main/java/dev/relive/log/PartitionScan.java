package dev.relive.log;

import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.function.Function;
import java.util.function.Predicate;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.common.IsolationLevel;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.TopicPartition;
import org.jspecify.annotations.Nullable;

/** Bounded reads of one partition that is the consumer's only assignment. */
final class PartitionScan {
  private static final Duration POLL = Duration.ofMillis(200);
  private static final Duration LONGEST_SILENCE = Duration.ofSeconds(30);
  private static final int FIRST_WINDOW = 4;

  private final KafkaConsumer<ByteBuffer, ByteBuffer> consumer;
  private final TopicPartition partition;

  /** Assigns the partition to the consumer. */
  PartitionScan(KafkaConsumer<ByteBuffer, ByteBuffer> consumer, TopicPartition partition) {
    this.consumer = consumer;
    this.partition = partition;
    consumer.assign(List.of(partition));
  }

  /** The offset of the first record there is. */
  long begin() {
    return offset(consumer.beginningOffsets(List.of(partition)).get(partition));
  }

  /** The offset after the last record that the consumer may see. */
  long end() {
    return offset(consumer.endOffsets(List.of(partition)).get(partition));
  }

  /**
   * The offset after the last record of a partition, committed or not. A reader of committed
   * records that goes on to there has seen all that was committed before this call: what it may see
   * now ends where the oldest open transaction begins, whosesoever that is.
   */
  static long logEnd(LogConnection connection, TopicPartition partition) {
    try (KafkaConsumer<ByteBuffer, ByteBuffer> consumer =
        connection.consumer(IsolationLevel.READ_UNCOMMITTED)) {
      return new PartitionScan(consumer, partition).end();
    } catch (KafkaException e) {
      throw LogException.during("Finding the end of " + partition, e);
    }
  }

  /**
   * Gives every record in {@code [from, to)} to {@code each}; leaves the position at or after to.
   */
  void read(long from, long to, Consumer<ConsumerRecord<ByteBuffer, ByteBuffer>> each) {
    readWhile(
        from,
        to,
        record -> {
          each.accept(record);
          return true;
        });
  }

  /** Gives the records in {@code [from, to)} to {@code wantsMore} until it says no. */
  void readWhile(long from, long to, Predicate<ConsumerRecord<ByteBuffer, ByteBuffer>> wantsMore) {
    consumer.seek(partition, from);
    long deadline = System.nanoTime() + LONGEST_SILENCE.toNanos();
    long position = from;
    while (position < to) {
      for (ConsumerRecord<ByteBuffer, ByteBuffer> record : consumer.poll(POLL)) {
        if (record.offset() < to && !wantsMore.test(record)) {
          return;
        }
      }
      long reached = consumer.position(partition);
      if (reached > position) {
        position = reached;
        deadline = System.nanoTime() + LONGEST_SILENCE.toNanos();
      } else if (System.nanoTime() - deadline > 0) {
        throw new LogException(
            "The broker gave nothing of %s from offset %d on for %d seconds."
                .formatted(partition, position, LONGEST_SILENCE.toSeconds()));
      }
    }
  }

  /**
   * The newest record before {@code end} that {@code read} makes something of. Looks in ever larger
   * steps backwards, since transaction markers, compaction and other runs' records leave gaps of
   * unknown size.
   */
  <T> Optional<Found<T>> newest(
      long end, Function<ConsumerRecord<ByteBuffer, ByteBuffer>, @Nullable T> read) {
    long begin = begin();
    long window = FIRST_WINDOW;
    long to = end;
    Newest<T> newest = new Newest<>();
    while (newest.found == null && to > begin) {
      long from = Math.max(begin, to - window);
      read(from, to, record -> newest.take(record.offset(), read.apply(record)));
      to = from;
      window *= 2;
    }
    return Optional.ofNullable(newest.found);
  }

  private static long offset(@Nullable Long offset) {
    if (offset == null) {
      throw new IllegalStateException("Kafka answered without the partition that was asked for.");
    }
    return offset;
  }

  private static final class Newest<T> {
    private @Nullable Found<T> found;

    void take(long offset, @Nullable T value) {
      if (value != null) {
        found = new Found<>(offset, value);
      }
    }
  }
}
