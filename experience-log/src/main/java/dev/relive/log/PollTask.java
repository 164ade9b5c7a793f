package dev.relive.log;

import java.nio.ByteBuffer;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.jspecify.annotations.Nullable;

/**
 * What a {@link PollLoop} reads and what it makes of it. Every method runs on the loop's thread.
 *
 * @param <T> what subscribers get
 */
interface PollTask<T> {
  /** Assigns partitions and seeks. */
  void start(KafkaConsumer<ByteBuffer, ByteBuffer> consumer);

  /** What a record means for the subscriber; null for nothing. Called only when one is wanted. */
  @Nullable T record(ConsumerRecord<ByteBuffer, ByteBuffer> record);

  /** What the records since the last call mean together, asked before every poll. */
  default @Nullable T polled(KafkaConsumer<ByteBuffer, ByteBuffer> consumer) {
    return null;
  }

  /** Called now and then while the subscriber wants nothing and partitions are paused. */
  default void idle(KafkaConsumer<ByteBuffer, ByteBuffer> consumer) {}

  /** Whether all that was asked for has been read, or more cannot come. */
  default boolean finished() {
    return false;
  }

  /** Asked once when it is finished: throws where something was asked for and did not come. */
  default void end() {}
}
