package dev.relive.log;

import static java.util.stream.Collectors.toMap;

import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.locks.LockSupport;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.common.IsolationLevel;
import org.apache.kafka.common.TopicPartition;

/**
 * Where a reader of committed records stops that looks at a log once and wants all that was
 * committed before.
 *
 * <p>Kafka answers a commit before it writes the markers that let readers see it, which takes
 * milliseconds as a rule. Until then what they may see ends where that transaction begins.
 */
final class CommittedEnds {
  /** A transaction that is open for longer is not being committed but in use, or left behind. */
  private static final Duration PATIENCE = Duration.ofSeconds(2);

  private static final long LOOK_AGAIN_NANOS = Duration.ofMillis(5).toNanos();

  private CommittedEnds() {}

  /**
   * The offset after the last record of each partition that may be seen, once that is everything
   * that stands there now, or else after two seconds.
   *
   * @param consumer of committed records
   * @return in the order of the partitions
   */
  static Map<TopicPartition, Long> await(
      LogConnection connection, KafkaConsumer<?, ?> consumer, List<TopicPartition> partitions) {
    if (partitions.isEmpty()) {
      return Map.of();
    }
    Map<TopicPartition, Long> logEnds;
    try (KafkaConsumer<?, ?> ofAll = connection.consumer(IsolationLevel.READ_UNCOMMITTED)) {
      logEnds = ofAll.endOffsets(partitions);
    }
    long deadline = System.nanoTime() + PATIENCE.toNanos();
    return partitions.stream()
        .collect(
            toMap(
                partition -> partition,
                partition ->
                    await(consumer, partition, logEnds.getOrDefault(partition, 0L), deadline),
                (one, other) -> one,
                LinkedHashMap::new));
  }

  /**
   * The same of one partition.
   *
   * @param logEnd the offset after the last record that stands there, committed or not
   */
  static long await(KafkaConsumer<?, ?> consumer, TopicPartition partition, long logEnd) {
    return await(consumer, partition, logEnd, System.nanoTime() + PATIENCE.toNanos());
  }

  private static long await(
      KafkaConsumer<?, ?> consumer, TopicPartition partition, long logEnd, long deadline) {
    long end = end(consumer, partition);
    while (end < logEnd && System.nanoTime() - deadline < 0) {
      LockSupport.parkNanos(LOOK_AGAIN_NANOS);
      end = end(consumer, partition);
    }
    return end;
  }

  private static long end(KafkaConsumer<?, ?> consumer, TopicPartition partition) {
    return consumer.endOffsets(List.of(partition)).getOrDefault(partition, 0L);
  }
}
