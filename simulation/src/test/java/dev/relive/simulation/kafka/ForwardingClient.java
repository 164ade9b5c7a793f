package dev.relive.simulation.kafka;

import java.util.Map;
import java.util.concurrent.Future;
import org.apache.kafka.clients.consumer.ConsumerGroupMetadata;
import org.apache.kafka.clients.consumer.OffsetAndMetadata;
import org.apache.kafka.clients.producer.Callback;
import org.apache.kafka.clients.producer.Producer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.clients.producer.RecordMetadata;
import org.apache.kafka.common.TopicPartition;

/** A client in front of another: what it does not do itself the other does. */
public class ForwardingClient extends SimulatedClient {
  private final Producer<byte[], byte[]> client;

  /** In front of this one. */
  public ForwardingClient(Producer<byte[], byte[]> client) {
    this.client = client;
  }

  @Override
  public void initTransactions() {
    client.initTransactions();
  }

  @Override
  public void beginTransaction() {
    client.beginTransaction();
  }

  @Override
  public Future<RecordMetadata> send(ProducerRecord<byte[], byte[]> record, Callback callback) {
    return client.send(record, callback);
  }

  @Override
  public void sendOffsetsToTransaction(
      Map<TopicPartition, OffsetAndMetadata> offsets, ConsumerGroupMetadata group) {
    client.sendOffsetsToTransaction(offsets, group);
  }

  @Override
  public void flush() {
    client.flush();
  }

  @Override
  public void commitTransaction() {
    client.commitTransaction();
  }

  @Override
  public void abortTransaction() {
    client.abortTransaction();
  }
}
