package dev.relive.log;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.clients.producer.Producer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.IsolationLevel;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.errors.GroupIdNotFoundException;
import org.apache.kafka.common.errors.GroupNotEmptyException;

/**
 * Deletes a run from the topics that keep the newest record of every key: what it is and where it
 * stands, its Progress, policy and checkpoint. Its experience, snapshots and evaluations stay in
 * topics that lose nothing but by retention and {@link ExperiencePruning}.
 */
public final class RunDeletion {
  private static final Duration TRANSACTION_TIMEOUT = Duration.ofSeconds(15);

  private final LogAdmin admin;
  private final LogConnection connection;
  private final Duration silence;

  /** Deletes from the log that {@code admin} is connected to. */
  public RunDeletion(LogAdmin admin) {
    this(admin, RunActivity.LONGEST_SILENCE);
  }

  /**
   * @param silence how long a learner may be silent
   */
  RunDeletion(LogAdmin admin, Duration silence) {
    this.admin = admin;
    this.connection = admin.connection();
    this.silence = silence;
  }

  /**
   * Checks that nobody works with a run; takes as long as a learner may be silent where its phase
   * does not tell.
   *
   * @param all the runs of the log
   * @throws LogException if it is being learned, or another run learns from it
   */
  public void check(Run run, List<Run> all) {
    all.stream()
        .filter(other -> other.spec().getSourceRun().equals(run.id()))
        .findFirst()
        .ifPresent(
            reader -> {
              throw new LogException(
                  "Run %s is what run %s learns from: delete that one first."
                      .formatted(run, reader));
            });
    if (RunActivity.isLearned(connection, run, silence)) {
      throw new LogException("Run %s is being learned, so it cannot be deleted.".formatted(run));
    }
  }

  /**
   * Deletes a run that was {@link #check}ed, in one transaction, which no learner of it survives.
   *
   * @return how many keys were deleted
   * @throws LogException if an evaluator is at it, or it cannot be deleted; then all of it stays
   */
  public int delete(Run run) {
    forgetEvaluators(run);
    List<ProducerRecord<byte[], byte[]>> deletions = deletions(run.id());
    String id = RunTransactions.id(connection.prefix(), run.id());
    try (Producer<byte[], byte[]> producer =
        connection.transactionalProducer(id, TRANSACTION_TIMEOUT)) {
      producer.initTransactions();
      producer.beginTransaction();
      for (ProducerRecord<byte[], byte[]> deletion : deletions) {
        var unused = producer.send(deletion);
      }
      Transactions.commit(producer);
      return deletions.size();
    } catch (KafkaException e) {
      throw LogException.during("Deleting run " + run, e);
    }
  }

  /** Else evaluators of a run that has its id some day would go on behind the old snapshots. */
  private void forgetEvaluators(Run run) {
    String group = EvaluatorGroup.id(connection, run.id());
    try {
      var unused =
          admin.get(
              admin.client().deleteConsumerGroups(List.of(group)).all(),
              "Deleting the group " + group);
    } catch (LogException e) {
      if (e.getCause() instanceof GroupNotEmptyException) {
        throw new LogException(
            "Run %s has an evaluator at work, so it cannot be deleted.".formatted(run), e);
      }
      if (!(e.getCause() instanceof GroupIdNotFoundException)) {
        throw e;
      }
    }
  }

  private List<ProducerRecord<byte[], byte[]>> deletions(String run) {
    TopicCatalogue topics = connection.topics();
    List<ProducerRecord<byte[], byte[]>> deletions = new ArrayList<>();
    for (Topic topic : List.of(topics.policies(), topics.progress())) {
      deletions.add(deletion(new TopicPartition(topic.name(), 0), run));
    }
    TopicPartition checkpoints = new StoredRun(connection, run).partition(topics.checkpoints());
    for (String key : keys(checkpoints, run)) {
      deletions.add(deletion(checkpoints, key));
    }
    TopicPartition runs = new TopicPartition(topics.runs().name(), 0);
    for (String part : List.of("spec", "state", "verdict")) {
      deletions.add(deletion(runs, run + "/" + part));
    }
    return deletions;
  }

  private static ProducerRecord<byte[], byte[]> deletion(TopicPartition partition, String key) {
    return new ProducerRecord<>(
        partition.topic(), partition.partition(), key.getBytes(UTF_8), null);
  }

  /** The keys of a run that have a value. */
  private Set<String> keys(TopicPartition partition, String run) {
    byte[] prefix = SegmentKey.prefix(run);
    Set<String> keys = new LinkedHashSet<>();
    try (KafkaConsumer<ByteBuffer, ByteBuffer> consumer =
        connection.consumer(IsolationLevel.READ_COMMITTED)) {
      PartitionScan scan = new PartitionScan(consumer, partition);
      scan.read(
          scan.begin(),
          PartitionScan.logEnd(connection, partition),
          record -> {
            if (record.key() != null && SegmentKey.startsWith(record.key(), prefix)) {
              apply(record, keys);
            }
          });
    } catch (KafkaException e) {
      throw LogException.during("Reading topic " + partition.topic(), e);
    }
    return keys;
  }

  private static void apply(ConsumerRecord<ByteBuffer, ByteBuffer> record, Set<String> keys) {
    String key = UTF_8.decode(record.key().duplicate()).toString();
    if (record.value() == null) {
      keys.remove(key);
    } else {
      keys.add(key);
    }
  }
}
