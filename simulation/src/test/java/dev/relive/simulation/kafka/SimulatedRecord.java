package dev.relive.simulation.kafka;

import java.nio.ByteBuffer;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.jspecify.annotations.Nullable;

/**
 * A record in a topic.
 *
 * @param transaction what it depends on; null outside of one
 */
@SuppressWarnings("ArrayRecordComponent")
public record SimulatedRecord(
    String topic,
    long offset,
    byte[] key,
    byte[] value,
    @Nullable SimulatedTransaction transaction) {

  boolean isOpen() {
    return transaction != null && transaction.state() == SimulatedTransaction.State.OPEN;
  }

  /** Whether readers of committed records get it. */
  public boolean isCommitted() {
    return transaction == null || transaction.state() == SimulatedTransaction.State.COMMITTED;
  }

  /** The same with a value of its own, which stays as it is. */
  public SimulatedRecord copied() {
    return new SimulatedRecord(topic, offset, key, value.clone(), transaction);
  }

  /** As a consumer gives it. */
  public ConsumerRecord<ByteBuffer, ByteBuffer> consumed() {
    return new ConsumerRecord<>(topic, 0, offset, ByteBuffer.wrap(key), ByteBuffer.wrap(value));
  }
}
