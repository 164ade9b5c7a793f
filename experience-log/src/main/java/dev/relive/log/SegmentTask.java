package dev.relive.log;

import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.errors.TimeoutException;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Makes segments of records and gives them their ordinals; rejects what is unusable. */
final class SegmentTask implements PollTask<SegmentRecord> {
  private static final Logger LOG = LoggerFactory.getLogger(SegmentTask.class);
  private static final Duration LONGEST_QUESTION = Duration.ofMillis(200);

  private final ReadRequest request;
  private final RejectedRecords rejected;
  private final ReaderCounters counters;
  private final SegmentSelection selection;
  private final SliceEnds ends;
  private final Map<String, Long> nextOrdinals = new HashMap<>();

  SegmentTask(ReadRequest request, RejectedRecords rejected, ReaderCounters counters) {
    this.request = request;
    this.rejected = rejected;
    this.counters = counters;
    this.selection = new SegmentSelection(request);
    this.ends = new SliceEnds(request);
  }

  @Override
  public void start(KafkaConsumer<ByteBuffer, ByteBuffer> consumer) {
    ends.start(consumer, selection);
  }

  @Override
  public @Nullable SegmentRecord record(ConsumerRecord<ByteBuffer, ByteBuffer> record) {
    if (!ends.includes(record)) {
      return null;
    }
    try {
      Segment segment = selection.segment(record);
      return segment == null ? null : numbered(record, segment);
    } catch (RejectedRecordException e) {
      counters.rejected().add(e.reason());
      rejected.add(record, e);
      return null;
    }
  }

  private SegmentRecord numbered(ConsumerRecord<ByteBuffer, ByteBuffer> record, Segment segment) {
    String run = segment.lane().run();
    long ordinal = nextOrdinal(run);
    nextOrdinals.put(run, ordinal + 1);
    return new SegmentRecord(
        segment,
        record.partition(),
        record.offset(),
        ordinal,
        record.timestamp(),
        record.serializedValueSize());
  }

  private long nextOrdinal(@Nullable String run) {
    return nextOrdinals.getOrDefault(run, request.firstOrdinal());
  }

  @Override
  public @Nullable SegmentRecord polled(KafkaConsumer<ByteBuffer, ByteBuffer> consumer) {
    ends.update(consumer);
    counters.polled(lag(consumer));
    return null;
  }

  /** What nobody fetches says nothing of where it ends, so that is asked for. */
  @Override
  public void idle(KafkaConsumer<ByteBuffer, ByteBuffer> consumer) {
    try {
      consumer.endOffsets(consumer.assignment(), LONGEST_QUESTION);
      counters.polled(lag(consumer));
    } catch (TimeoutException e) {
      LOG.debug("Where {} ends is not known now", consumer.assignment(), e);
    }
  }

  private static long lag(KafkaConsumer<ByteBuffer, ByteBuffer> consumer) {
    long lag = 0;
    for (TopicPartition partition : consumer.assignment()) {
      lag += consumer.currentLag(partition).orElse(0);
    }
    return lag;
  }

  @Override
  public boolean finished() {
    return ends.reached() || nextOrdinal(request.run()) >= request.endOrdinal();
  }

  @Override
  public void end() {
    long next = nextOrdinal(request.run());
    if (request.isWindow() && next < request.endOrdinal()) {
      throw new LogException(
          "Topic %s holds the segments of run %s up to %d only, and those before %d were asked for."
              .formatted(request.topic().name(), request.run(), next, request.endOrdinal()));
    }
  }
}
