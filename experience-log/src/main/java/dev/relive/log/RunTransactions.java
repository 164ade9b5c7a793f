package dev.relive.log;

import dev.relive.log.wire.Position;
import dev.relive.log.wire.Progress;
import java.time.Duration;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Future;
import org.apache.kafka.clients.producer.Producer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.clients.producer.RecordMetadata;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.errors.InvalidProducerEpochException;
import org.apache.kafka.common.errors.InvalidTxnStateException;
import org.apache.kafka.common.errors.ProducerFencedException;
import org.apache.kafka.common.errors.TimeoutException;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Commits publications of one run, each as one transaction that ends in its Progress. */
final class RunTransactions implements AutoCloseable {
  private static final Logger LOG = LoggerFactory.getLogger(RunTransactions.class);
  private static final int MOST_ATTEMPTS = 4;
  private static final Duration CLOSING = Duration.ofSeconds(15);

  /**
   * How Kafka says, depending on the moment, that it has ended the transaction for someone else: a
   * new producer with the same id, or its own time limit.
   */
  private static final Set<Class<? extends KafkaException>> END_BY_ANOTHER =
      Set.of(
          ProducerFencedException.class,
          InvalidProducerEpochException.class,
          InvalidTxnStateException.class);

  private final String run;
  private final RunOutput output;
  private final PublisherCounters counters;

  /** Where to open another producer; null where that is not done. */
  private final @Nullable LearnerPlace place;

  private Producer<byte[], byte[]> producer;
  private ClientObserver.Observation observation;

  /** What Progress says of everything published before; the next one starts from it. */
  private Progress published = Progress.getDefaultInstance();

  private RunTransactions(
      String run,
      @Nullable LearnerPlace place,
      Producer<byte[], byte[]> producer,
      ClientObserver.Observation observation,
      RunOutput output,
      PublisherCounters counters) {
    this.run = run;
    this.place = place;
    this.producer = producer;
    this.observation = observation;
    this.output = output;
    this.counters = counters;
  }

  /**
   * Fences every older learner of the run; from then on what is committed stays as it is.
   *
   * @throws LogException if the broker does not answer
   */
  static RunTransactions open(LearnerPlace place, PublisherCounters counters) {
    String run = place.run();
    Producer<byte[], byte[]> producer = place.producer();
    ClientObserver.Observation observation = place.connection().observer().opened(producer);
    try {
      producer.initTransactions();
      RunOutput output = new RunOutput(run, place.connection().topics(), producer);
      return new RunTransactions(run, place, producer, observation, output, counters);
    } catch (KafkaException e) {
      close(producer, observation);
      throw LogException.during(
          "Taking over the publishing of run %s with the transactional id %s"
              .formatted(run, place.id()),
          e);
    }
  }

  /**
   * As {@link #open}, with a new producer that has the run's transactional id, and the only one
   * that this one ever has.
   */
  static RunTransactions fencing(
      String run,
      TopicCatalogue topics,
      Producer<byte[], byte[]> producer,
      ClientObserver.Observation observation,
      PublisherCounters counters) {
    producer.initTransactions();
    RunOutput output = new RunOutput(run, topics, producer);
    return new RunTransactions(run, null, producer, observation, output, counters);
  }

  /** The transactional id of a run's learners. */
  static String id(String prefix, String run) {
    return "relive-%s-%s".formatted(prefix, run);
  }

  /** Goes on from the newest committed Progress, as the next generation. */
  void startFrom(@Nullable Progress newest) {
    Progress base = newest == null ? Progress.getDefaultInstance() : newest;
    published = base.toBuilder().setRun(run).setGeneration(base.getGeneration() + 1).build();
  }

  long generation() {
    return published.getGeneration();
  }

  /**
   * Commits a publication and returns its Progress.
   *
   * @throws FencedException if a newer learner of the run has begun
   * @throws LogException if it could not be committed in several attempts
   */
  Progress commit(Publication publication) throws InterruptedException {
    EncodedPublication encoded = new EncodedPublication(publication, published, output);
    for (int attempt = 1; ; attempt++) {
      long began = System.nanoTime();
      try {
        producer.beginTransaction();
        Progress progress = send(encoded);
        commitTransaction();
        counters.committed(publication, System.nanoTime() - began);
        published = progress;
        return published;
      } catch (KafkaException | ExecutionException e) {
        abort(e, began);
        if (attempt == MOST_ATTEMPTS && isByAnother(e)) {
          throw new FencedException(run, cause(e));
        }
        if (attempt == MOST_ATTEMPTS || KafkaRefusal.isIn(e)) {
          throw LogException.during("Publishing run " + run, cause(e));
        }
        counters.retries.increment();
      }
    }
  }

  /** Sends everything, then the Progress that says where it stands. */
  private Progress send(EncodedPublication encoded)
      throws ExecutionException, InterruptedException {
    Future<RecordMetadata> policy = send(encoded.policy);
    Future<RecordMetadata> snapshot = send(encoded.snapshot);
    List<Future<RecordMetadata>> parts =
        encoded.checkpoint.stream().map(part -> producer.send(part)).toList();
    var unusedState = send(encoded.state);
    Progress.Builder builder = encoded.progress.toBuilder();
    if (policy != null) {
      builder.setPolicy(position(policy));
    }
    if (snapshot != null) {
      builder.setSnapshot(position(snapshot));
    }
    if (!parts.isEmpty()) {
      builder.setCheckpoint(position(parts.get(0)));
    }
    Progress progress = builder.build();
    var unusedProgress = send(output.record(progress));
    return progress;
  }

  private @Nullable Future<RecordMetadata> send(@Nullable ProducerRecord<byte[], byte[]> record) {
    return record == null ? null : producer.send(record);
  }

  private static Position position(Future<RecordMetadata> sent)
      throws ExecutionException, InterruptedException {
    RecordMetadata metadata = sent.get();
    return Position.newBuilder()
        .setTopic(metadata.topic())
        .setPartition(metadata.partition())
        .setOffset(metadata.offset())
        .build();
  }

  /** A commit without an answer is asked for again, which is safe; its outcome stays open else. */
  private void commitTransaction() {
    for (int attempt = 1; ; attempt++) {
      try {
        Transactions.commit(producer);
        return;
      } catch (TimeoutException e) {
        if (attempt == MOST_ATTEMPTS) {
          throw new LogException(
              "Publishing run %s ended without an answer from Kafka: its last transaction may or may not be committed."
                  .formatted(run),
              e);
        }
      }
    }
  }

  /** Returns where another attempt may be made. */
  private void abort(Exception why, long began) {
    try {
      abortTransaction();
    } catch (KafkaException e) {
      if (isUnexplained(why) && place != null && place.isTaken(published.getGeneration())) {
        throw new FencedException(run, cause(why));
      }
      if (!isByAnother(why) && !isByAnother(e)) {
        LogException failure = LogException.during("Publishing run " + run, cause(why));
        failure.addSuppressed(e);
        throw failure;
      }
      Duration open = Duration.ofNanos(System.nanoTime() - began);
      if (!returned(open)) {
        throw new FencedException(run, cause(why));
      }
    }
  }

  /** An abortion without an answer is asked for again, as long as a broker may come back. */
  private void abortTransaction() {
    for (int attempt = 1; ; attempt++) {
      try {
        producer.abortTransaction();
        return;
      } catch (TimeoutException e) {
        if (attempt == MOST_ATTEMPTS) {
          throw e;
        }
      }
    }
  }

  /** A broker that is asked to commit while it fences who asks fails at times without a reason. */
  private static boolean isUnexplained(Exception failure) {
    return cause(failure).getClass() == KafkaException.class;
  }

  private static boolean isByAnother(Exception failure) {
    Throwable cause = failure.getCause();
    return END_BY_ANOTHER.contains(failure.getClass())
        || (cause != null && END_BY_ANOTHER.contains(cause.getClass()));
  }

  /**
   * Takes the place again that this process lost by Kafka's time limit, because it hung within a
   * transaction.
   *
   * @return whether it is this one's again; else another has it
   */
  private boolean returned(Duration open) {
    if (place == null
        || open.compareTo(place.limit()) < 0
        || !place.isLeft(published.getOrdinal())) {
      return false;
    }
    LOG.warn(
        "A transaction of run {} was open for {}, so Kafka ended it; it is begun again", run, open);
    close(producer, observation);
    producer = place.producer();
    observation = place.connection().observer().opened(producer);
    try {
      producer.initTransactions();
    } catch (KafkaException e) {
      throw LogException.during("Going on with the publishing of run " + run, e);
    }
    return true;
  }

  private static Throwable cause(Exception e) {
    return e instanceof ExecutionException && e.getCause() != null ? e.getCause() : e;
  }

  @Override
  public void close() {
    close(producer, observation);
  }

  private static void close(
      Producer<byte[], byte[]> producer, ClientObserver.Observation observation) {
    observation.close();
    producer.close(CLOSING);
  }
}
