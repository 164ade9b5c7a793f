package dev.relive.log;

import dev.relive.log.wire.Progress;
import java.time.Duration;
import org.apache.kafka.clients.producer.Producer;
import org.apache.kafka.common.IsolationLevel;
import org.jspecify.annotations.Nullable;

/**
 * The transactional id of a run's learners: who initialised it last has it, and nobody else.
 *
 * @param limit after which Kafka ends a transaction that its learner leaves open
 */
record LearnerPlace(LogConnection connection, String run, Duration limit) {
  private static final Duration USUAL_LIMIT = Duration.ofSeconds(15);

  LearnerPlace(LogConnection connection, String run) {
    this(connection, run, USUAL_LIMIT);
  }

  /** A producer with this id, not initialised. */
  Producer<byte[], byte[]> producer() {
    return connection.transactionalProducer(id(), limit);
  }

  /**
   * Whether nobody has taken it since Kafka's time limit ended a transaction of who had it.
   *
   * @param lastOrdinal of the Progress that that one committed last
   * @throws LogException if the broker does not answer
   */
  boolean isLeft(long lastOrdinal) {
    try (LogAdmin admin = LogAdmin.open(connection)) {
      if (!admin.isAborted(id())) {
        return false;
      }
    }
    Progress newest = RunPublisher.newestProgress(connection, run, IsolationLevel.READ_COMMITTED);
    return ordinal(newest) == lastOrdinal;
  }

  private static long ordinal(@Nullable Progress progress) {
    return progress == null ? 0 : progress.getOrdinal();
  }

  /** What Kafka knows it by. */
  String id() {
    return RunTransactions.id(connection.prefix(), run);
  }
}
