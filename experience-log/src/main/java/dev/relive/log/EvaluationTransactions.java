package dev.relive.log;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.relive.log.wire.Evaluation;
import dev.relive.log.wire.RunVerdict;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.apache.kafka.clients.consumer.ConsumerGroupMetadata;
import org.apache.kafka.clients.consumer.OffsetAndMetadata;
import org.apache.kafka.clients.producer.KafkaProducer;
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

  private final LogConnection connection;
  private final String run;
  private final KafkaProducer<byte[], byte[]> producer;
  private final ClientObserver.Observation observation;

  private EvaluationTransactions(
      LogConnection connection, String run, KafkaProducer<byte[], byte[]> producer) {
    this.connection = connection;
    this.run = run;
    this.producer = producer;
    this.observation = connection.observer().opened(producer);
  }

  /** Fences every earlier evaluator of the run. */
  static EvaluationTransactions open(LogConnection connection, String run) {
    EvaluationTransactions opened =
        new EvaluationTransactions(
            connection, run, connection.transactionalProducer(id(connection, run), TIMEOUT));
    try {
      opened.producer.initTransactions();
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
        RunPartition.of(
            run, producer.partitionsFor(connection.topics().evaluations().name()).size());
    for (Evaluation evaluation : found) {
      byte[] value = RecordCodec.EVALUATION.encode(evaluation);
      send(connection.topics().evaluations(), partition, run, value);
    }
    if (verdict != null) {
      byte[] value = RecordCodec.RUN_VERDICT.encode(verdict);
      send(connection.topics().runs(), 0, run + "/verdict", value);
    }
    producer.sendOffsetsToTransaction(passed, group);
    producer.commitTransaction();
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
