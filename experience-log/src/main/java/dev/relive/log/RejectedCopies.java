package dev.relive.log;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.relive.log.Finding.Place;
import java.nio.ByteBuffer;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.zip.CRC32C;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.common.header.Header;
import org.jspecify.annotations.Nullable;

/**
 * The copies in a stream's rejected topic, each of which names its source: checks that what stands
 * there cannot be used and has the copy's bytes. At most {@value #MOST_FOLLOWED} sources are
 * followed.
 */
final class RejectedCopies {
  private static final int MOST_FOLLOWED = 1_000_000;
  private static final Pattern SOURCE = Pattern.compile("(.+)/([0-9]{1,9})/([0-9]{1,18})");

  private final String experience;
  private final Findings findings;
  private final Map<Source, Copy> unseen = new HashMap<>();
  private final Map<ReaderSource, Long> newestByReader = new HashMap<>();
  private final Map<RejectionReason, Long> byReason = new EnumMap<>(RejectionReason.class);
  private long copies;
  private boolean tooMany;

  private record Source(int partition, long offset) {}

  private record ReaderSource(String reader, int partition) {}

  private record Copy(String topic, long offset, int checksum) {}

  /**
   * @param experience the topic of which the copies are
   */
  RejectedCopies(String experience, Findings findings) {
    this.experience = experience;
    this.findings = findings;
  }

  /** The next record of the rejected topic. */
  void add(ConsumerRecord<ByteBuffer, ByteBuffer> copy) {
    copies++;
    count(header(copy, RejectedTopic.REASON));
    String key = copy.key() == null ? "" : UTF_8.decode(copy.key().duplicate()).toString();
    Matcher named = SOURCE.matcher(key);
    if (!named.matches() || !named.group(1).equals(experience)) {
      add(copy, "names no source in topic %s: its key is '%s'".formatted(experience, key));
      return;
    }
    int partition = Integer.parseInt(named.group(2));
    long offset = Long.parseLong(named.group(3));
    Long before =
        newestByReader.put(new ReaderSource(header(copy, RejectedTopic.READER), partition), offset);
    if (before != null && before >= offset) {
      add(copy, "of %s comes after the same reader's of offset %d".formatted(key, before));
    }
    Copy expected = new Copy(copy.topic(), copy.offset(), checksum(copy.value()));
    if (unseen.size() < MOST_FOLLOWED) {
      unseen.putIfAbsent(new Source(partition, offset), expected);
    } else if (!tooMany) {
      tooMany = true;
      findings.add(
          FindingKind.NOT_PROVEN,
          Place.ofPartition(null, copy.topic(), copy.partition()),
          "Topic %s holds more than %d copies of rejected records: the rest were not compared with their sources."
              .formatted(copy.topic(), MOST_FOLLOWED));
    }
  }

  private void count(String reason) {
    for (RejectionReason known : RejectionReason.values()) {
      if (known.label().equals(reason)) {
        byReason.merge(known, 1L, Long::sum);
      }
    }
  }

  /** A record of the experience topic that cannot be used. */
  void source(ConsumerRecord<ByteBuffer, ByteBuffer> record) {
    Copy copy = unseen.remove(new Source(record.partition(), record.offset()));
    if (copy != null && copy.checksum() != checksum(record.value())) {
      add(
          copy,
          "has other bytes than its source, offset %d of partition %d"
              .formatted(record.offset(), record.partition()));
    }
  }

  /** A well-formed segment that does not fit its run's environment. */
  void source(SegmentRecord record) {
    unseen.remove(new Source(record.partition(), record.offset()));
  }

  /**
   * All of the experience was read.
   *
   * @param begins where each partition begins now
   */
  void end(Map<Integer, Long> begins) {
    long deleted = 0;
    for (Map.Entry<Source, Copy> each : unseen.entrySet()) {
      Source source = each.getKey();
      if (source.offset() < begins.getOrDefault(source.partition(), 0L)) {
        deleted++;
      } else {
        add(
            each.getValue(),
            "names offset %d of partition %d as its source, where no such record stands"
                .formatted(source.offset(), source.partition()));
      }
    }
    if (deleted > 0) {
      findings.add(
          FindingKind.DELETED,
          Place.ofPartition(null, experience, 0),
          "The sources of %d rejected records were deleted with what stood around them."
              .formatted(deleted));
    }
  }

  private void add(ConsumerRecord<ByteBuffer, ByteBuffer> copy, String fault) {
    add(new Copy(copy.topic(), copy.offset(), 0), fault);
  }

  private void add(Copy copy, String fault) {
    findings.add(
        FindingKind.REJECTED_COPY,
        Place.ofRecord(null, copy.topic(), 0, copy.offset()),
        "The copy at offset %d of topic %s %s.".formatted(copy.offset(), copy.topic(), fault));
  }

  private static String header(ConsumerRecord<ByteBuffer, ByteBuffer> copy, String name) {
    Header header = copy.headers().lastHeader(name);
    return header == null || header.value() == null ? "" : new String(header.value(), UTF_8);
  }

  private static int checksum(@Nullable ByteBuffer value) {
    CRC32C checksum = new CRC32C();
    if (value != null) {
      checksum.update(value.duplicate());
    }
    return (int) checksum.getValue();
  }

  /** Copies by the reasons that they state. */
  Map<RejectionReason, Long> byReason() {
    return byReason;
  }

  long copies() {
    return copies;
  }
}
