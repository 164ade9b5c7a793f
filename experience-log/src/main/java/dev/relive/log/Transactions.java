package dev.relive.log;

import org.apache.kafka.clients.producer.Producer;
import org.apache.kafka.common.KafkaException;

/** How every transaction here is committed. */
final class Transactions {
  private Transactions() {}

  /**
   * Commits the open transaction with all that was sent in it.
   *
   * <p>{@link Producer#commitTransaction} alone may leave out what was sent last: the sender thread
   * of Kafka's client (4.3.1) looks for unsent records before it takes the request to commit, so
   * where another thread sends and commits in between, the commit goes first, and the record is
   * never written. Once all is acknowledged there is nothing to leave out.
   *
   * @throws KafkaException as {@link Producer#commitTransaction} does
   */
  static void commit(Producer<?, ?> producer) {
    producer.flush();
    producer.commitTransaction();
  }
}
