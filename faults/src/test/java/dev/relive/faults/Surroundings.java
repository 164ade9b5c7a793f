package dev.relive.faults;

import static java.util.Objects.requireNonNull;

import com.google.protobuf.Message;
import com.google.protobuf.TextFormat;
import dev.relive.log.wire.Policy;
import dev.relive.log.wire.Progress;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.TreeSet;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;

/**
 * What stands around a record that broke a promise, as a reader of committed records sees it now
 * and as one of all records does: offsets that neither gives are markers of transactions or
 * compacted.
 */
final class Surroundings {
  private static final int BEFORE = 24;
  private static final int AFTER = 8;
  private static final Duration LONGEST = Duration.ofSeconds(10);

  private Surroundings() {}

  /** A line for each record. */
  static String of(String bootstrapServers, TopicPartition partition, long offset) {
    Map<Long, String> all = read(bootstrapServers, "read_uncommitted", partition, offset);
    Map<Long, String> committed = read(bootstrapServers, "read_committed", partition, offset);
    StringBuilder lines = new StringBuilder("%s around offset %d:%n".formatted(partition, offset));
    TreeSet<Long> offsets = new TreeSet<>(all.keySet());
    offsets.addAll(committed.keySet());
    for (long each : offsets) {
      lines.append(
          "%,12d  %-9s  %s%n"
              .formatted(
                  each,
                  committed.containsKey(each) ? "committed" : "aborted",
                  all.getOrDefault(each, "seen by the reader of committed records alone")));
    }
    return lines.toString();
  }

  private static Map<Long, String> read(
      String bootstrapServers, String isolation, TopicPartition partition, long offset) {
    Map<Long, String> records = new TreeMap<>();
    try (KafkaConsumer<byte[], byte[]> consumer =
        new KafkaConsumer<>(
            Map.of(
                "bootstrap.servers",
                bootstrapServers,
                "isolation.level",
                isolation,
                "auto.offset.reset",
                "earliest",
                "enable.auto.commit",
                "false"),
            new ByteArrayDeserializer(),
            new ByteArrayDeserializer())) {
      consumer.assign(List.of(partition));
      consumer.seek(partition, Math.max(0, offset - BEFORE));
      long logEnd =
          requireNonNull(
              consumer.endOffsets(List.of(partition)).get(partition), "no such partition");
      long end = Math.min(offset + AFTER + 1, logEnd);
      long deadline = System.nanoTime() + LONGEST.toNanos();
      while (consumer.position(partition) < end && System.nanoTime() < deadline) {
        for (ConsumerRecord<byte[], byte[]> record : consumer.poll(Duration.ofMillis(100))) {
          records.put(record.offset(), said(record));
        }
      }
    }
    records.keySet().removeIf(each -> each > offset + AFTER);
    return records;
  }

  private static String said(ConsumerRecord<byte[], byte[]> record) {
    byte[] value = record.value();
    return switch (record.topic()) {
      case "relive.policies" -> {
        Policy policy = PlainRecord.message(value, 'A', Policy.parser());
        yield "policy %d of generation %d".formatted(policy.getVersion(), policy.getGeneration());
      }
      case "relive.progress" -> text(PlainRecord.message(value, 'P', Progress.parser()));
      default -> "%,d bytes".formatted(value == null ? 0 : value.length);
    };
  }

  private static String text(Message message) {
    String text = TextFormat.printer().emittingSingleLine(true).printToString(message);
    return text.length() > 300 ? text.substring(0, 300) + "…" : text;
  }
}
