package dev.relive.log;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.relive.log.wire.Evaluation;
import dev.relive.log.wire.RunVerdict;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.apache.kafka.clients.consumer.ConsumerGroupMetadata;
import org.apache.kafka.clients.consumer.OffsetAndMetadata;
import org.apache.kafka.clients.producer.Producer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.TopicPartition;
import org.jspecify.annotations.Nullable;

/**
 * Commits what an evaluator found together with how far its group has come. All evaluators of a run
 * share the transactional id, so opening one ends what an earlier one left open, and fences it.
 */
final class EvaluationTransactions implements AutoCloseable {
  private static final Duration TIMEOUT = Duration.ofSeconds(15);
  private static final Duration CLOSE = Duration.ofSeconds(1);

  private final TopicCatalogue topics;
  private final String run;
  private final Producer<byte[], byte[]> producer;
  private final ClientObserver.Observation observation;

  /**
   * Transactions of a producer that has the transactional id of the run's evaluators.
   *
   * @param observation of the producer, ended with it
   */
  EvaluationTransactions(
      TopicCatalogue topics,
      String run,
      Producer<byte[], byte[]> producer,
      ClientObserver.Observation observation) {
    this.topics = topics;
    this.run = run;
    this.producer = producer;
    this.observation = observation;
  }

  /** Fences every earlier evaluator of the run. */
  static EvaluationTransactions open(LogConnection connection, String run) {
    Producer<byte[], byte[]> producer =
        connection.transactionalProducer(id(connection, run), TIMEOUT);
    EvaluationTransactions opened =
        new EvaluationTransactions(
            connection.topics(), run, producer, connection.observer().opened(producer));
    try {
      producer.initTransactions();
      return opened;
    } catch (KafkaException e) {
      opened.close();
      throw e;
    }
  }

  /** No run's name holds a slash, so this is no learner's id. */
  static String id(LogConnection connection, String run) {
    return "relive-%s-%s/evaluation".formatted(connection.prefix(), run);
  }

  /**
   * Commits all of it or nothing.
   *
   * @param found evaluations of one snapshot; none where it was of no use
   * @param verdict what follows from them; null for nothing
   * @param passed where the group goes on
   * @param group the member that the group must still know
   * @throws KafkaException when it is not certain that all is committed; then no further call is
   *     allowed
   */
  void commit(
      List<Evaluation> found,
      @Nullable RunVerdict verdict,
      Map<TopicPartition, OffsetAndMetadata> passed,
      ConsumerGroupMetadata group) {
    producer.beginTransaction();
    int partition =
        RunPartition.of(run, producer.partitionsFor(topics.evaluations().name()).size());
    for (Evaluation evaluation : found) {
      byte[] value = RecordCodec.EVALUATION.encode(evaluation);
      send(topics.evaluations(), partition, run, value);
    }
    if (verdict != null) {
      byte[] value = RecordCodec.RUN_VERDICT.encode(verdict);
      send(topics.runs(), 0, run + "/verdict", value);
    }
    producer.sendOffsetsToTransaction(passed, group);
    Transactions.commit(producer);
  }

  private void send(Topic topic, int partition, String key, byte[] value) {
    var unused =
        producer.send(new ProducerRecord<>(topic.name(), partition, key.getBytes(UTF_8), value));
  }

  /** Ends; a transaction under way is aborted. */
  @Override
  public void close() {
    observation.close();
    producer.close(CLOSE);
  }
}
