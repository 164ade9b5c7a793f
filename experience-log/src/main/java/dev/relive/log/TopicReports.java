package dev.relive.log;

import static java.util.Comparator.comparing;
import static java.util.stream.Collectors.joining;
import static java.util.stream.Collectors.toMap;
import static java.util.stream.Collectors.toSet;

import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Set;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.ListOffsetsResult.ListOffsetsResultInfo;
import org.apache.kafka.clients.admin.LogDirDescription;
import org.apache.kafka.clients.admin.OffsetSpec;
import org.apache.kafka.clients.admin.TopicDescription;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.TopicPartitionInfo;
import org.apache.kafka.common.errors.AuthorizationException;
import org.jspecify.annotations.Nullable;

/** What the topics of a log hold at one moment, as the brokers say without their being read. */
public final class TopicReports {
  private final LogAdmin log;
  private final Admin admin;
  private final TopicCatalogue catalogue;
  private final Set<String> shared;

  /** What kind of topic it is, in the order in which reports list them. */
  public enum Kind {
    /** The experience of a stream. */
    EXPERIENCE,
    /** Copies of what nobody could use of it. */
    REJECTED,
    /** What all runs share. */
    SHARED
  }

  /**
   * What a topic holds.
   *
   * @param stream whose experience, or what was rejected of it; empty for a topic that all share
   * @param settings Kafka's settings of the topic, by name
   * @param partitions by number
   */
  public record TopicReport(
      String name,
      Kind kind,
      Optional<String> stream,
      Map<String, String> settings,
      List<PartitionReport> partitions) {
    /** Copies the collections. */
    public TopicReport {
      settings = Map.copyOf(settings);
      partitions = List.copyOf(partitions);
    }

    /** Whether it belongs to a stream. */
    public boolean isOf(String wanted) {
      return stream.filter(wanted::equals).isPresent();
    }

    /** A setting's value; empty where the broker does not say. */
    public String setting(String setting) {
      return settings.getOrDefault(setting, "");
    }

    /**
     * Whether every offset from begin to end is a record: so it is where nothing is compacted and
     * no transaction leaves its marks.
     */
    public boolean isEveryOffsetARecord() {
      return kind != Kind.SHARED;
    }
  }

  /**
   * What a partition holds.
   *
   * @param begin the offset of the first record there is
   * @param end the offset at which the next record will stand
   * @param bytes on its leader's disk; empty where the broker does not say
   * @param oldest the time of the first record; empty where there is none
   * @param newest the latest time of a record; empty where there is none
   */
  public record PartitionReport(
      int partition,
      long begin,
      long end,
      OptionalLong bytes,
      Optional<Instant> oldest,
      Optional<Instant> newest) {}

  /** Reports of the log that {@code log} is connected to. */
  public TopicReports(LogAdmin log) {
    this.log = log;
    this.admin = log.client();
    this.catalogue = log.connection().topics();
    this.shared = catalogue.shared().stream().map(Topic::name).collect(toSet());
  }

  /**
   * All topics of the log that there are: experience by stream, what was rejected, what all share.
   *
   * @throws LogException if the brokers do not say
   */
  public List<TopicReport> read() {
    Map<String, Kind> kinds = new HashMap<>();
    for (String name : log.get(admin.listTopics().names(), "Listing the topics")) {
      Kind kind = kind(name);
      if (kind != null) {
        kinds.put(name, kind);
      }
    }
    Map<String, TopicDescription> topics =
        log.get(admin.describeTopics(kinds.keySet()).allTopicNames(), "Describing the topics");
    Map<String, Map<String, String>> settings = log.settingsOf(kinds.keySet());
    Map<String, List<PartitionReport>> partitions = partitions(topics);
    return kinds.entrySet().stream()
        .map(
            topic ->
                new TopicReport(
                    topic.getKey(),
                    topic.getValue(),
                    stream(topic.getKey()),
                    settings.getOrDefault(topic.getKey(), Map.of()),
                    partitions.getOrDefault(topic.getKey(), List.of())))
        .sorted(comparing(TopicReport::kind).thenComparing(TopicReport::name))
        .toList();
  }

  /**
   * The reports of the streams' experience.
   *
   * @param named the only stream wanted; empty for all
   * @throws LogException if there is no stream of that name
   */
  public static List<TopicReport> streams(List<TopicReport> reports, Optional<String> named) {
    List<TopicReport> all =
        reports.stream().filter(report -> report.kind() == Kind.EXPERIENCE).toList();
    if (named.isEmpty()) {
      return all;
    }
    List<TopicReport> found = all.stream().filter(each -> each.stream().equals(named)).toList();
    if (found.isEmpty()) {
      throw new LogException(
          all.isEmpty()
              ? "There is no stream '%s', and the log holds none at all.".formatted(named.get())
              : "There is no stream '%s': the log holds %s."
                  .formatted(
                      named.get(),
                      all.stream().map(each -> each.stream().orElse("")).collect(joining(", "))));
    }
    return found;
  }

  private @Nullable Kind kind(String topic) {
    if (shared.contains(topic)) {
      return Kind.SHARED;
    }
    if (stream(topic).isEmpty()) {
      return null;
    }
    return catalogue.streamOf(topic).isPresent() ? Kind.EXPERIENCE : Kind.REJECTED;
  }

  private Optional<String> stream(String topic) {
    return catalogue.streamOf(topic).or(() -> catalogue.streamOfRejected(topic));
  }

  private Map<String, List<PartitionReport>> partitions(Map<String, TopicDescription> topics) {
    List<TopicPartition> all = new ArrayList<>();
    topics.forEach(
        (name, topic) ->
            topic
                .partitions()
                .forEach(each -> all.add(new TopicPartition(name, each.partition()))));
    Map<TopicPartition, ListOffsetsResultInfo> begins = offsets(all, OffsetSpec.earliest());
    Map<TopicPartition, ListOffsetsResultInfo> ends = offsets(all, OffsetSpec.latest());
    Map<TopicPartition, ListOffsetsResultInfo> oldest = offsets(all, OffsetSpec.forTimestamp(0));
    Map<TopicPartition, ListOffsetsResultInfo> newest = offsets(all, OffsetSpec.maxTimestamp());
    Map<TopicPartition, Long> bytes = bytesOnDisk(topics);
    Map<String, List<PartitionReport>> reports = new HashMap<>();
    for (TopicPartition partition : all) {
      Long onDisk = bytes.get(partition);
      reports
          .computeIfAbsent(partition.topic(), topic -> new ArrayList<>())
          .add(
              new PartitionReport(
                  partition.partition(),
                  offset(begins.get(partition)),
                  offset(ends.get(partition)),
                  onDisk == null ? OptionalLong.empty() : OptionalLong.of(onDisk),
                  time(oldest.get(partition)),
                  time(newest.get(partition))));
    }
    return reports;
  }

  private Map<TopicPartition, ListOffsetsResultInfo> offsets(
      List<TopicPartition> partitions, OffsetSpec which) {
    Map<TopicPartition, OffsetSpec> asked =
        partitions.stream().collect(toMap(partition -> partition, partition -> which));
    return log.get(admin.listOffsets(asked).all(), "Finding the offsets of the topics");
  }

  private static long offset(@Nullable ListOffsetsResultInfo found) {
    return found == null ? 0 : Math.max(0, found.offset());
  }

  private static Optional<Instant> time(@Nullable ListOffsetsResultInfo found) {
    return found == null || found.offset() < 0 || found.timestamp() < 0
        ? Optional.empty()
        : Optional.of(Instant.ofEpochMilli(found.timestamp()));
  }

  /** Of the partitions' leaders; nothing where this user may not ask. */
  private Map<TopicPartition, Long> bytesOnDisk(Map<String, TopicDescription> topics) {
    Map<TopicPartition, Integer> leaders = new HashMap<>();
    topics.forEach(
        (name, topic) -> topic.partitions().forEach(each -> leader(name, each, leaders)));
    Map<TopicPartition, Long> bytes = new HashMap<>();
    try {
      log.get(
              admin.describeLogDirs(Set.copyOf(leaders.values())).allDescriptions(),
              "Asking for the topics' sizes")
          .forEach(
              (broker, directories) ->
                  directories.values().forEach(each -> add(broker, each, leaders, bytes)));
    } catch (LogException e) {
      if (!(e.getCause() instanceof AuthorizationException)) {
        throw e;
      }
    }
    return bytes;
  }

  private static void leader(
      String topic, TopicPartitionInfo partition, Map<TopicPartition, Integer> leaders) {
    if (partition.leader() != null && !partition.leader().isEmpty()) {
      leaders.put(new TopicPartition(topic, partition.partition()), partition.leader().id());
    }
  }

  private static void add(
      Integer broker,
      LogDirDescription directory,
      Map<TopicPartition, Integer> leaders,
      Map<TopicPartition, Long> bytes) {
    directory
        .replicaInfos()
        .forEach(
            (partition, replica) -> {
              if (broker.equals(leaders.get(partition)) && !replica.isFuture()) {
                bytes.put(partition, replica.size());
              }
            });
  }
}
