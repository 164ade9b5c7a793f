package dev.relive.log;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.time.Duration;
import java.util.concurrent.ExecutionException;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.KafkaException;

/** Writes single control records and waits until each is in the log. */
final class RecordProducer implements AutoCloseable {
  private static final Duration DELIVERY = Duration.ofSeconds(30);

  private final KafkaProducer<byte[], byte[]> producer;

  RecordProducer(LogConnection connection) {
    this.producer = connection.promptProducer(DELIVERY);
  }

  /**
   * Writes a record.
   *
   * @throws LogException if it was not acknowledged
   */
  void write(Topic topic, int partition, String key, byte[] value) {
    String what = "Writing " + key + " to topic " + topic.name();
    try {
      var unused =
          producer
              .send(new ProducerRecord<>(topic.name(), partition, key.getBytes(UTF_8), value))
              .get();
    } catch (ExecutionException e) {
      throw LogException.during(what, e.getCause() == null ? e : e.getCause());
    } catch (KafkaException e) {
      throw LogException.during(what, e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new LogException(what + " was interrupted.", e);
    }
  }

  /** How many partitions a topic has. */
  int partitions(Topic topic) {
    try {
      return producer.partitionsFor(topic.name()).size();
    } catch (KafkaException e) {
      throw LogException.during("Asking for topic " + topic.name(), e);
    }
  }

  @Override
  public void close() {
    producer.close(DELIVERY);
  }
}
