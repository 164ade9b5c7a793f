package dev.relive.log;

import dev.relive.log.wire.Evaluation;
import dev.relive.log.wire.RunVerdict;
import java.util.List;
import java.util.Map;
import org.apache.kafka.clients.consumer.ConsumerGroupMetadata;
import org.apache.kafka.clients.consumer.OffsetAndMetadata;
import org.apache.kafka.clients.producer.Producer;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.TopicPartition;
import org.jspecify.annotations.Nullable;

/** An evaluator's transactions, as they are. */
public final class SimulatedEvaluations {
  private final TopicCatalogue topics;
  private final EvaluationTransactions transactions;

  public SimulatedEvaluations(
      TopicCatalogue topics, String run, Producer<byte[], byte[]> producer) {
    this.topics = topics;
    this.transactions = new EvaluationTransactions(topics, run, producer, () -> {});
  }

  /**
   * Commits what was found of a snapshot, and that the group is past it.
   *
   * @return whether it is committed for certain
   */
  public boolean commit(
      List<Evaluation> found,
      @Nullable RunVerdict verdict,
      long passed,
      ConsumerGroupMetadata group) {
    TopicPartition partition = new TopicPartition(topics.snapshots().name(), 0);
    try {
      transactions.commit(found, verdict, Map.of(partition, new OffsetAndMetadata(passed)), group);
      return true;
    } catch (KafkaException e) {
      return false;
    }
  }
}
