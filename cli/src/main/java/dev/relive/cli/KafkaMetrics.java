package dev.relive.cli;

import dev.relive.log.ClientObserver;
import dev.relive.service.Metrics;
import org.apache.kafka.clients.consumer.Consumer;
import org.apache.kafka.clients.producer.Producer;

/** Shows the log's Kafka clients among the metrics of the process. */
record KafkaMetrics(Metrics metrics) implements ClientObserver {
  @Override
  public Observation opened(Producer<?, ?> producer) {
    return metrics.bind(producer)::close;
  }

  @Override
  public Observation opened(Consumer<?, ?> consumer) {
    return metrics.bind(consumer)::close;
  }
}
