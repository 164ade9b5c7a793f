package dev.relive.cli;

import static java.util.stream.Collectors.joining;

import com.google.gson.Gson;
import com.google.gson.GsonBuilder;
import dev.relive.cli.display.Numbers;
import dev.relive.log.Run;
import dev.relive.log.TopicReports.PartitionReport;
import dev.relive.log.TopicReports.TopicReport;
import dev.relive.log.wire.PartitionRange;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import org.jspecify.annotations.Nullable;

/** The topics of a log and the runs in them, for people and for programs. */
final class LogListing {

  private static final Gson JSON = new GsonBuilder().serializeNulls().setPrettyPrinting().create();
  private static final String NONE = "–";

  private final List<TopicReport> topics;
  private final List<Run> runs;

  LogListing(List<TopicReport> topics, List<Run> runs) {
    this.topics = topics;
    this.runs = runs;
  }

  /** A table of topics, and one of runs. */
  String text() {
    if (topics.isEmpty()) {
      return "The log holds no topics.\n";
    }
    TextTable table =
        new TextTable()
            .add("TOPIC", "OFFSETS", "RECORDS", "ON DISK", "OLDEST", "NEWEST", "KEPT", "RUNS");
    topics.forEach(topic -> add(topic, table));
    return runs.isEmpty() ? table.text(0) : table.text(0) + "\n" + runTable();
  }

  private void add(TopicReport topic, TextTable table) {
    List<PartitionReport> partitions = topic.partitions();
    if (partitions.size() == 1) {
      table.add(cells(topic.name(), topic, partitions.get(0), kept(topic), runsIn(topic)));
      return;
    }
    String bytes = Numbers.bytes(partitions.stream().mapToLong(p -> p.bytes().orElse(0)).sum());
    table.add(
        topic.name(),
        partitions.size() + " partitions",
        records(topic, partitions.stream().mapToLong(p -> p.end() - p.begin()).sum()),
        bytes,
        "",
        "",
        kept(topic),
        runsIn(topic));
    for (PartitionReport partition : partitions) {
      if (partition.end() > 0) {
        table.add(cells("  partition " + partition.partition(), topic, partition, "", ""));
      }
    }
  }

  private static String[] cells(
      String name, TopicReport topic, PartitionReport partition, String kept, String runs) {
    return new String[] {
      name,
      Numbers.count(partition.begin()) + "–" + Numbers.count(partition.end()),
      records(topic, partition.end() - partition.begin()),
      bytes(partition.bytes()),
      time(partition.oldest()),
      time(partition.newest()),
      kept,
      runs,
    };
  }

  private static String records(TopicReport topic, long offsets) {
    return (topic.isEveryOffsetARecord() || offsets == 0 ? "" : "≤ ") + Numbers.count(offsets);
  }

  private static String bytes(OptionalLong bytes) {
    return bytes.isPresent() ? Numbers.bytes(bytes.getAsLong()) : NONE;
  }

  private static String time(Optional<Instant> time) {
    return time.map(RunTimes::text).orElse(NONE);
  }

  private static String kept(TopicReport topic) {
    String retention = Retention.of(topic).text();
    return switch (topic.setting("cleanup.policy")) {
      case "compact" -> "newest of a key";
      case "delete" -> retention;
      default -> "newest of a key, " + retention;
    };
  }

  private String runsIn(TopicReport topic) {
    return switch (topic.kind()) {
      case EXPERIENCE -> Long.toString(runs.stream().filter(run -> isIn(run, topic)).count());
      case REJECTED, SHARED -> "";
    };
  }

  private static boolean isIn(Run run, TopicReport topic) {
    return topic.isOf(run.spec().getStream());
  }

  private String runTable() {
    TextTable table = new TextTable().add("RUN", "PHASE", "STREAM", "BEGINS AT");
    for (Run run : runs) {
      table.add(
          run.toString(),
          run.phase().name().toLowerCase(Locale.ROOT),
          run.spec().getStream(),
          run.spec().getPartitionsList().stream().map(LogListing::place).collect(joining(", ")));
    }
    return table.text(0);
  }

  private static String place(PartitionRange range) {
    return "partition %d, offset %s"
        .formatted(range.getPartition(), Numbers.count(range.getFirstOffset()));
  }

  /** An object of topics and runs; what is not known is null. */
  String json() {
    Map<String, Object> json = new LinkedHashMap<>();
    json.put("topics", topics.stream().map(this::json).toList());
    json.put("runs", runs.stream().map(LogListing::json).toList());
    return JSON.toJson(json) + "\n";
  }

  private Map<String, @Nullable Object> json(TopicReport topic) {
    Map<String, @Nullable Object> json = new LinkedHashMap<>();
    json.put("topic", topic.name());
    json.put("kind", topic.kind().name().toLowerCase(Locale.ROOT));
    json.put("stream", topic.stream().orElse(null));
    json.put("cleanupPolicy", topic.setting("cleanup.policy"));
    json.put("retentionMillis", Retention.of(topic).millis());
    json.put("everyOffsetIsARecord", topic.isEveryOffsetARecord());
    json.put("partitions", topic.partitions().stream().map(LogListing::json).toList());
    json.put("runs", runs.stream().filter(run -> isIn(run, topic)).map(Run::id).toList());
    return json;
  }

  private static Map<String, @Nullable Object> json(PartitionReport partition) {
    Map<String, @Nullable Object> json = new LinkedHashMap<>();
    json.put("partition", partition.partition());
    json.put("begin", partition.begin());
    json.put("end", partition.end());
    json.put("bytes", partition.bytes().isPresent() ? partition.bytes().getAsLong() : null);
    json.put("oldest", partition.oldest().map(Instant::toString).orElse(null));
    json.put("newest", partition.newest().map(Instant::toString).orElse(null));
    return json;
  }

  private static Map<String, @Nullable Object> json(Run run) {
    Map<String, @Nullable Object> json = new LinkedHashMap<>();
    json.put("run", run.id());
    json.put("label", run.label());
    json.put("phase", run.phase().name().toLowerCase(Locale.ROOT));
    json.put("stream", run.spec().getStream());
    json.put(
        "partitions", run.spec().getPartitionsList().stream().map(RunJson::partition).toList());
    return json;
  }
}
