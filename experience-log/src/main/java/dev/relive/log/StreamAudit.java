package dev.relive.log;

import dev.relive.log.Finding.Place;
import dev.relive.log.ReadRequest.Slice;
import dev.relive.log.TopicReports.PartitionReport;
import dev.relive.log.TopicReports.TopicReport;
import java.nio.ByteBuffer;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Function;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.jspecify.annotations.Nullable;

/**
 * Reads the experience of one stream once, and hands every segment to what is checked of its run.
 */
final class StreamAudit implements RejectedRecords {
  private final TopicReport report;
  private final Topic topic;
  private final @Nullable String onlyRun;
  private final Function<String, @Nullable RunExperience> runs;
  private final Set<String> remains;
  private final @Nullable AcknowledgedSegments acknowledged;
  private final RejectedCopies copies;
  private final SharedTopicReader reader;
  private final Findings findings;
  private final AuditListener listener;

  private final Map<String, Unknown> unknown = new HashMap<>();
  private final Map<RejectionReason, Long> rejected = new EnumMap<>(RejectionReason.class);
  private long records;
  private final long total;

  /** Segments of a run that has no spec. */
  private static final class Unknown {
    private final Place first;
    private long segments;

    Unknown(Place first) {
      this.first = first;
    }
  }

  /**
   * @param runs what is checked of a run's segments; null where it has no spec for this stream
   * @param remains runs of which something else is in the log, but no spec: nobody deleted them
   */
  StreamAudit(
      TopicReport report,
      Topic topic,
      @Nullable String onlyRun,
      Function<String, @Nullable RunExperience> runs,
      Set<String> remains,
      @Nullable AcknowledgedSegments acknowledged,
      RejectedCopies copies,
      SharedTopicReader reader,
      Findings findings,
      AuditListener listener) {
    this.report = report;
    this.topic = topic;
    this.onlyRun = onlyRun;
    this.runs = runs;
    this.remains = remains;
    this.acknowledged = acknowledged;
    this.copies = copies;
    this.reader = reader;
    this.findings = findings;
    this.listener = listener;
    this.total = report.partitions().stream().mapToLong(p -> p.end() - p.begin()).sum();
  }

  void read(LogConnection connection) {
    List<Slice> slices =
        report.partitions().stream()
            .filter(partition -> partition.end() > partition.begin())
            .map(StreamAudit::slice)
            .toList();
    if (!slices.isEmpty()) {
      ReadRequest request =
          new ReadRequest(topic, slices, onlyRun, false, 0, ReadRequest.ALL, null);
      new ExperienceReader(connection, this).records(request).doOnNext(this::add).then().block();
    }
    copies.end(begins());
    unknown.forEach(this::addUnknown);
  }

  private static Slice slice(PartitionReport partition) {
    return new Slice(partition.partition(), new StartAt.Offset(partition.begin()), partition.end());
  }

  private Map<Integer, Long> begins() {
    Map<Integer, Long> begins = new HashMap<>();
    report.partitions().forEach(p -> begins.put(p.partition(), p.begin()));
    return begins;
  }

  private void add(SegmentRecord record) {
    listener.reading(topic.name(), ++records, total);
    Segment segment = record.segment();
    if (acknowledged != null) {
      acknowledged.inLog(segment);
    }
    RunExperience run = runs.apply(segment.lane().run());
    if (run == null) {
      unknown.computeIfAbsent(
              segment.lane().run(), name -> new Unknown(Place.of(topic.name(), record)))
          .segments++;
      return;
    }
    RejectedRecordException misfit = run.add(record);
    if (misfit != null) {
      rejected.merge(misfit.reason(), 1L, Long::sum);
      copies.source(record);
    }
  }

  private void addUnknown(String run, Unknown found) {
    boolean lost = remains.contains(run);
    findings.add(
        lost ? FindingKind.UNKNOWN_RUN : FindingKind.DELETED,
        found.first,
        "Run %s has %d segments, the first at offset %d of partition %d, and no spec in the log: %s."
            .formatted(
                run,
                found.segments,
                found.first.offset(),
                found.first.partition(),
                lost ? "that is lost, since others of its records are there" : "it was deleted"));
  }

  @Override
  public void add(ConsumerRecord<ByteBuffer, ByteBuffer> record, RejectedRecordException why) {
    listener.reading(topic.name(), ++records, total);
    rejected.merge(why.reason(), 1L, Long::sum);
    copies.source(record);
    reader.unusable(record, why);
  }

  /** Records that cannot be used, by reason. */
  Map<RejectionReason, Long> rejected() {
    return rejected;
  }
}
