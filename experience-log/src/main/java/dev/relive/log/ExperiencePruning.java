package dev.relive.log;

import static java.nio.charset.StandardCharsets.UTF_8;
import static java.util.Objects.requireNonNull;

import dev.relive.log.RunReports.RunReport;
import java.nio.ByteBuffer;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.function.Predicate;
import org.apache.kafka.clients.admin.DeletedRecords;
import org.apache.kafka.clients.admin.OffsetSpec;
import org.apache.kafka.clients.admin.RecordsToDelete;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.common.IsolationLevel;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.KafkaFuture;
import org.apache.kafka.common.TopicPartition;
import org.jspecify.annotations.Nullable;

/**
 * Deletes the oldest part of a stream's experience, up to the oldest position that a run needs
 * which can be gone on with.
 */
public final class ExperiencePruning {
  private final LogAdmin admin;
  private final LogConnection connection;
  private final TransferListener listener;

  /** How far a user wants to delete at most. */
  public sealed interface Limit {
    /** As far as no run needs it. */
    record None() implements Limit {}

    /** Before an offset. */
    record Offset(long offset) implements Limit {}

    /** What a broker appended before a time. */
    record Time(Instant time) implements Limit {}

    /** As far as a run's learner has read its experience. */
    record Run(RunReport run) implements Limit {}
  }

  /**
   * What there is of one run in a part of a partition.
   *
   * @param bytes of keys and values, before compression
   */
  public record Share(long records, long bytes) {
    private Share plus(long more) {
      return new Share(records + 1, bytes + more);
    }
  }

  /**
   * What can be deleted of a partition.
   *
   * @param begin the offset of its first record
   * @param before the offset before which all can go; {@code begin} where nothing can
   * @param end the offset after its last record
   * @param holding what keeps the rest; empty where the user's limit does, or there is no rest
   * @param shares what would go, by run; under the empty name what names none
   */
  public record Plan(
      Topic topic,
      int partition,
      long begin,
      long before,
      long end,
      Optional<RunNeed> holding,
      Map<String, Share> shares) {

    /** All that would go. */
    public Share total() {
      return new Share(
          shares.values().stream().mapToLong(Share::records).sum(),
          shares.values().stream().mapToLong(Share::bytes).sum());
    }

    private TopicPartition place() {
      return new TopicPartition(topic.name(), partition);
    }
  }

  /** Prunes the log that {@code admin} is connected to. */
  public ExperiencePruning(LogAdmin admin, TransferListener listener) {
    this.admin = admin;
    this.connection = admin.connection();
    this.listener = listener;
  }

  /**
   * What can be deleted of a stream, by partition. Reads all of it once, and changes nothing.
   *
   * @param runs all of the log
   * @param canGoOn which of them a learner can be asked to go on with
   * @throws LogException if there is no such stream, or it cannot be read
   */
  public List<Plan> plan(
      String stream, Limit limit, List<RunReport> runs, Predicate<RunReport> canGoOn) {
    Topic topic = connection.topics().experience(stream);
    int partitions = admin.partitions(topic);
    if (partitions == 0) {
      throw new LogException("The log holds no experience of the stream %s.".formatted(stream));
    }
    List<RunNeed> needs =
        runs.stream()
            .filter(report -> report.run().spec().getStream().equals(stream))
            .filter(canGoOn)
            .flatMap(report -> RunNeed.of(connection, report).stream())
            .toList();
    List<Plan> plans = new ArrayList<>();
    for (int partition = 0; partition < partitions; partition++) {
      plans.add(plan(topic, partition, limit, needs));
    }
    return plans;
  }

  private Plan plan(Topic topic, int partition, Limit limit, List<RunNeed> needs) {
    TopicPartition place = new TopicPartition(topic.name(), partition);
    long begin = offset(place, OffsetSpec.earliest());
    long end = offset(place, OffsetSpec.latest());
    long wanted = Math.min(end, Math.max(begin, wanted(place, limit, end)));
    Optional<RunNeed> first = RunNeed.first(needs, partition).filter(need -> need.from() < wanted);
    long before = Math.max(begin, first.map(RunNeed::from).orElse(wanted));
    return new Plan(topic, partition, begin, before, end, first, shares(place, begin, before));
  }

  private long wanted(TopicPartition place, Limit limit, long end) {
    if (limit instanceof Limit.Offset at) {
      return at.offset();
    } else if (limit instanceof Limit.Time at) {
      long found = offset(place, OffsetSpec.forTimestamp(at.time().toEpochMilli()));
      return found < 0 ? end : found;
    } else if (limit instanceof Limit.Run of) {
      return RunNeed.behind(of.run(), place.partition());
    } else {
      return end;
    }
  }

  private long offset(TopicPartition place, OffsetSpec which) {
    return admin
        .get(
            admin.client().listOffsets(Map.of(place, which)).partitionResult(place),
            "Finding the offsets of " + place)
        .offset();
  }

  private Map<String, Share> shares(TopicPartition place, long begin, long before) {
    Map<String, Share> shares = new TreeMap<>();
    if (begin == before) {
      return shares;
    }
    try (KafkaConsumer<ByteBuffer, ByteBuffer> consumer =
        connection.consumer(IsolationLevel.READ_UNCOMMITTED)) {
      new PartitionScan(consumer, place)
          .read(
              begin,
              before,
              record -> {
                long bytes =
                    Math.max(0, record.serializedKeySize())
                        + (long) Math.max(0, record.serializedValueSize());
                shares.merge(
                    runOf(record.key()), new Share(1, bytes), (sum, one) -> sum.plus(one.bytes()));
                listener.transferred(record.offset() - begin + 1, before - begin);
              });
    } catch (KafkaException e) {
      throw LogException.during("Reading " + place, e);
    }
    return shares;
  }

  private static String runOf(@Nullable ByteBuffer key) {
    if (key == null || !SegmentKey.isWellFormed(key)) {
      return "";
    }
    String name = UTF_8.decode(key.duplicate()).toString();
    return name.substring(0, name.indexOf('/'));
  }

  /**
   * Deletes what a plan says, for ever. Kafka gives the disk back file by file, a while later.
   *
   * @return the offset of the first record that is left
   * @throws LogException if it cannot be deleted
   */
  public long delete(Plan plan) {
    Map<TopicPartition, KafkaFuture<DeletedRecords>> answers =
        admin
            .client()
            .deleteRecords(Map.of(plan.place(), RecordsToDelete.beforeOffset(plan.before())))
            .lowWatermarks();
    KafkaFuture<DeletedRecords> answer =
        requireNonNull(answers.get(plan.place()), "Kafka answers what it is asked.");
    return admin.get(answer, "Deleting records of " + plan.place()).lowWatermark();
  }
}
