package dev.relive.simulation.kafka;

import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Future;
import org.apache.kafka.clients.consumer.CommitFailedException;
import org.apache.kafka.clients.consumer.ConsumerGroupMetadata;
import org.apache.kafka.clients.consumer.OffsetAndMetadata;
import org.apache.kafka.clients.producer.Callback;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.clients.producer.RecordMetadata;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.errors.ProducerFencedException;
import org.apache.kafka.common.errors.TimeoutException;
import org.jspecify.annotations.Nullable;

/** A transactional producer. Between any two of its requests the world may go on without it. */
public final class TransactionalClient extends SimulatedClient {
  private final SimulatedKafka kafka;
  private final String transactionalId;
  private final Network network;
  private long epoch;
  private @Nullable SimulatedTransaction transaction;
  private SimulatedKafka.@Nullable GroupOffset offset;
  private @Nullable KafkaException failure;

  /** What was sent last, while nobody has waited for it. */
  private @Nullable SimulatedRecord unflushed;

  /** A client that has not initialised its transactions. */
  public TransactionalClient(SimulatedKafka kafka, String transactionalId, Network network) {
    this.kafka = kafka;
    this.transactionalId = transactionalId;
    this.network = network;
  }

  @Override
  public void initTransactions() {
    network.delay();
    epoch = kafka.fence(transactionalId);
    network.delay();
  }

  @Override
  public void beginTransaction() {
    transaction = null;
    offset = null;
    failure = null;
    unflushed = null;
  }

  @Override
  public Future<RecordMetadata> send(ProducerRecord<byte[], byte[]> record, Callback callback) {
    network.delay();
    if (isFenced()) {
      failure = fenced();
    } else if (network.fate() == Network.Fate.LOST) {
      failure = new TimeoutException("the record was not delivered");
    }
    return failure == null
        ? CompletableFuture.completedFuture(metadata(append(record)))
        : CompletableFuture.failedFuture(failure);
  }

  private SimulatedRecord append(ProducerRecord<byte[], byte[]> record) {
    if (transaction == null) {
      transaction = kafka.begin(transactionalId, this);
    }
    unflushed = kafka.topic(record.topic()).append(record.key(), record.value(), transaction);
    return unflushed;
  }

  @Override
  public void flush() {
    network.delay();
    unflushed = null;
  }

  @Override
  public void sendOffsetsToTransaction(
      Map<TopicPartition, OffsetAndMetadata> offsets, ConsumerGroupMetadata group) {
    network.delay();
    requireNotFenced();
    if (kafka.group(group.groupId()).generation() != group.generationId()) {
      throw new CommitFailedException("the member was replaced");
    }
    if (transaction == null) {
      transaction = kafka.begin(transactionalId, this);
    }
    OffsetAndMetadata passed = offsets.values().iterator().next();
    offset = new SimulatedKafka.GroupOffset(group.groupId(), passed.offset());
  }

  @Override
  public void commitTransaction() {
    network.delay();
    requireNotFenced();
    if (failure != null) {
      throw failure;
    }
    if (transaction != null && unflushed != null) {
      leaveBehind(transaction, unflushed);
    }
    Network.Fate fate = network.fate();
    if (fate != Network.Fate.LOST && transaction != null) {
      kafka.commit(transaction, offset);
      transaction = null;
    }
    network.delay();
    if (fate != Network.Fate.ANSWERED) {
      throw new TimeoutException("no answer to the commit");
    }
  }

  /** Kafka's client may commit ahead of a record that was sent just before. */
  private void leaveBehind(SimulatedTransaction transaction, SimulatedRecord record) {
    if (network.fate() != Network.Fate.ANSWERED) {
      transaction.remove(record);
      kafka.topic(record.topic()).remove(record);
    }
    unflushed = null;
  }

  @Override
  public void abortTransaction() {
    network.delay();
    requireNotFenced();
    if (transaction != null) {
      kafka.abort(transaction);
      transaction = null;
    }
    failure = null;
  }

  private boolean isFenced() {
    return kafka.epoch(transactionalId) != epoch;
  }

  private void requireNotFenced() {
    if (isFenced()) {
      throw fenced();
    }
  }

  private static ProducerFencedException fenced() {
    return new ProducerFencedException("another has the transactional id");
  }
}
