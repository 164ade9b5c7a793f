package dev.relive.log;

import org.apache.kafka.clients.consumer.Consumer;
import org.apache.kafka.clients.producer.Producer;

/** Is shown the Kafka clients that live long, so that it can show their metrics. */
public interface ClientObserver {
  /** Looks at nothing. */
  ClientObserver NONE =
      new ClientObserver() {
        @Override
        public Observation opened(Producer<?, ?> producer) {
          return () -> {};
        }

        @Override
        public Observation opened(Consumer<?, ?> consumer) {
          return () -> {};
        }
      };

  /** Is called with a new producer; what it returns is closed before the producer. */
  Observation opened(Producer<?, ?> producer);

  /** Is called with a new consumer; what it returns is closed before the consumer. */
  Observation opened(Consumer<?, ?> consumer);

  /** Lasts until the client closes. */
  interface Observation extends AutoCloseable {
    @Override
    void close();
  }
}
