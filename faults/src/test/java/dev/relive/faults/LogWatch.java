package dev.relive.faults;

import dev.relive.log.wire.Evaluation;
import dev.relive.log.wire.Policy;
import dev.relive.log.wire.Progress;
import dev.relive.log.wire.RunState;
import dev.relive.log.wire.Segment;
import dev.relive.log.wire.Snapshot;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.function.Function;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.errors.RetriableException;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;

/**
 * Reads everything that a log holds, as it comes, with a Kafka consumer as anyone has it, and keeps
 * the accounts. The log has one run.
 */
final class LogWatch implements AutoCloseable {
  private static final Duration POLL = Duration.ofMillis(20);
  private static final Duration CATCHING_UP = Duration.ofSeconds(90);
  private static final String EXPERIENCE = "relive.experience.CartPole-v1";
  private static final int SNAPSHOT_PARTITIONS = 8;

  private final List<TopicPartition> partitions;
  private final KafkaConsumer<byte[], byte[]> consumer;
  private final Thread thread = new Thread(this::read, "log watch");
  private final BlockingQueue<CompletableFuture<Void>> catchingUp = new LinkedBlockingQueue<>();
  private volatile boolean closing;

  // Guarded by this.
  private final List<String> violations = new ArrayList<>();
  private final Map<TopicPartition, Long> brokenAt = new HashMap<>();
  private final ExperienceAccount experience = new ExperienceAccount(violations);
  private final PublicationAccount publications = new PublicationAccount(violations);

  /** Begins to read. */
  LogWatch(String bootstrapServers) {
    partitions =
        Stream.concat(
                Stream.of(
                        EXPERIENCE,
                        "relive.runs",
                        "relive.progress",
                        "relive.policies",
                        "relive.evaluations")
                    .map(topic -> new TopicPartition(topic, 0)),
                IntStream.range(0, SNAPSHOT_PARTITIONS)
                    .mapToObj(partition -> new TopicPartition("relive.snapshots", partition)))
            .toList();
    consumer =
        new KafkaConsumer<>(
            Map.of(
                "bootstrap.servers", bootstrapServers,
                "isolation.level", "read_committed",
                "auto.offset.reset", "none",
                "allow.auto.create.topics", "false",
                "enable.auto.commit", "false",
                "reconnect.backoff.max.ms", "200",
                "fetch.max.wait.ms", "50",
                "default.api.timeout.ms", "5000"),
            new ByteArrayDeserializer(),
            new ByteArrayDeserializer());
    consumer.assign(partitions);
    consumer.seekToBeginning(partitions);
    thread.setDaemon(true);
    thread.start();
  }

  private void read() {
    try (consumer) {
      while (!closing) {
        consumer.poll(POLL).forEach(this::add);
        CompletableFuture<Void> asked = catchingUp.poll();
        if (asked != null) {
          catchUp();
          asked.complete(null);
        }
      }
    } catch (RuntimeException e) {
      synchronized (this) {
        violations.add("the log cannot be read: " + e);
      }
    }
  }

  /** Reads to where the log ends now. */
  private void catchUp() {
    Map<TopicPartition, Long> ends = Map.of();
    while (!closing && ends.isEmpty()) {
      try {
        ends = consumer.endOffsets(partitions);
      } catch (RetriableException e) {
        consumer.poll(POLL).forEach(this::add); // A broker that is away comes back.
      }
    }
    for (Map.Entry<TopicPartition, Long> end : ends.entrySet()) {
      while (!closing && consumer.position(end.getKey()) < end.getValue()) {
        consumer.poll(POLL).forEach(this::add);
      }
    }
  }

  private synchronized void add(ConsumerRecord<byte[], byte[]> record) {
    int before = violations.size();
    count(record);
    TopicPartition partition = new TopicPartition(record.topic(), record.partition());
    for (int i = before; i < violations.size(); i++) {
      violations.set(
          i, "%s, at offset %d of %s".formatted(violations.get(i), record.offset(), partition));
      brokenAt.putIfAbsent(partition, record.offset());
    }
  }

  private void count(ConsumerRecord<byte[], byte[]> record) {
    byte[] value = record.value();
    switch (record.topic()) {
      case EXPERIENCE ->
          experience.add(record.offset(), PlainRecord.message(value, 'S', Segment.parser()));
      case "relive.progress" ->
          publications.add(PlainRecord.message(value, 'P', Progress.parser()));
      case "relive.policies" -> publications.add(PlainRecord.message(value, 'A', Policy.parser()));
      case "relive.snapshots" ->
          publications.add(PlainRecord.message(value, 'W', Snapshot.parser()));
      case "relive.evaluations" ->
          publications.add(PlainRecord.message(value, 'O', Evaluation.parser()));
      default -> addRun(value);
    }
  }

  private void addRun(byte[] value) {
    if (value[3] == 'T') {
      publications.add(PlainRecord.message(value, 'T', RunState.parser()));
    }
  }

  /** Waits until everything is read that stands in the log now. */
  void awaitAll() throws InterruptedException {
    CompletableFuture<Void> caughtUp = new CompletableFuture<>();
    catchingUp.add(caughtUp);
    try {
      caughtUp.get(CATCHING_UP.toMillis(), TimeUnit.MILLISECONDS);
    } catch (ExecutionException | java.util.concurrent.TimeoutException e) {
      throw new AssertionError(
          "The log cannot be read to its end within %s: %s".formatted(CATCHING_UP, violations()),
          e);
    }
  }

  /** Holds the accounts against each other, once all is read. */
  synchronized void check() {
    publications.check(experience);
  }

  /** What the accounts say of the experience. */
  synchronized <T> T experience(Function<ExperienceAccount, T> question) {
    return question.apply(experience);
  }

  /** What the accounts say of what was published. */
  synchronized <T> T publications(Function<PublicationAccount, T> question) {
    return question.apply(publications);
  }

  /** A sentence for each promise that was broken. */
  synchronized List<String> violations() {
    return List.copyOf(violations);
  }

  /** Where each partition first broke one. */
  synchronized Map<TopicPartition, Long> brokenAt() {
    return Map.copyOf(brokenAt);
  }

  @Override
  public void close() {
    closing = true;
    try {
      thread.join();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }
}
