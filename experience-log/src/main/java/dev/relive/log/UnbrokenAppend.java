package dev.relive.log;

import java.time.Duration;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.LongConsumer;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.TopicPartition;
import org.jspecify.annotations.Nullable;

/**
 * Appends records to partitions so that what is there after any end, a kill as well, is what was
 * given up to some point: a batch follows only when the one before stands, and none follows one
 * that failed. What is in flight is bounded by the client's buffer.
 */
final class UnbrokenAppend implements AutoCloseable {
  private static final Duration DELIVERY = Duration.ofSeconds(30);

  private final KafkaProducer<byte[], byte[]> producer;
  private final AtomicReference<@Nullable LogException> failure = new AtomicReference<>();

  UnbrokenAppend(LogConnection connection) {
    producer = connection.unbrokenProducer(DELIVERY);
  }

  /**
   * Appends a record; waits while too much is in flight.
   *
   * @param stands is told its offset, in another thread, before {@link #flush} returns
   * @throws LogException if this or an earlier one could not be appended
   */
  void add(TopicPartition partition, byte[] key, byte[] value, LongConsumer stands) {
    requireNoFailure();
    try {
      var unused =
          producer.send(
              new ProducerRecord<>(partition.topic(), partition.partition(), key, value),
              (metadata, failed) -> {
                if (failed == null) {
                  stands.accept(metadata.offset());
                } else {
                  fail(partition, failed);
                }
              });
    } catch (KafkaException | IllegalStateException e) {
      requireNoFailure();
      throw LogException.during("Writing to " + partition, e);
    }
  }

  private void fail(TopicPartition partition, Exception failed) {
    LogException sentence =
        WritingRefusedException.of(
            partition.topic(), failed, LogException.during("Writing to " + partition, failed));
    if (failure.compareAndSet(null, sentence)) {
      // On the client's own thread, so that nothing that waits there is sent any more.
      producer.close(Duration.ZERO);
    }
  }

  /** Returns when all that was added stands. */
  void flush() {
    try {
      producer.flush();
    } catch (KafkaException e) {
      requireNoFailure();
      throw LogException.during("Writing to the log", e);
    }
    requireNoFailure();
  }

  private void requireNoFailure() {
    LogException failed = failure.get();
    if (failed != null) {
      throw failed;
    }
  }

  /** What was not flushed may or may not stand. */
  @Override
  public void close() {
    producer.close(Duration.ZERO);
  }
}
