package dev.relive.log;

import java.nio.ByteBuffer;
import java.util.HashMap;
import java.util.Map;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.common.TopicPartition;
import org.jspecify.annotations.Nullable;

/** Makes segments of records: skips other runs, rejects what is unusable. */
final class SegmentTask implements PollTask<LoggedSegment> {
  private final ReadRequest request;
  private final RejectedRecords rejected;
  private final ReaderCounters counters;
  private final SliceEnds ends;
  private final SegmentKeys keys = new SegmentKeys();
  private final byte @Nullable [] wantedPrefix;
  private final @Nullable SegmentShape shape;
  private final Map<String, Long> nextOrdinals = new HashMap<>();

  SegmentTask(ReadRequest request, RejectedRecords rejected, ReaderCounters counters) {
    this.request = request;
    this.rejected = rejected;
    this.counters = counters;
    this.ends = new SliceEnds(request);
    this.wantedPrefix = request.run() == null ? null : SegmentKey.prefix(request.run());
    this.shape = request.environment() == null ? null : SegmentShape.of(request.environment());
  }

  @Override
  public void start(KafkaConsumer<ByteBuffer, ByteBuffer> consumer) {
    ends.start(consumer);
  }

  @Override
  public @Nullable LoggedSegment record(ConsumerRecord<ByteBuffer, ByteBuffer> record) {
    if (!ends.includes(record)) {
      return null;
    }
    try {
      ByteBuffer key = record.key();
      if (key == null || !SegmentKey.isWellFormed(key)) {
        throw new RejectedRecordException(
            RejectionReason.FOREIGN, "The record's key is not run/actor.");
      }
      if (wantedPrefix != null && !SegmentKey.startsWith(key, wantedPrefix)) {
        return null;
      }
      return logged(record, decode(key, record.value()));
    } catch (RejectedRecordException e) {
      counters.rejected().add(e.reason());
      rejected.add(record, e);
      return null;
    }
  }

  private Segment decode(ByteBuffer key, @Nullable ByteBuffer value)
      throws RejectedRecordException {
    if (value == null) {
      throw new RejectedRecordException(RejectionReason.FOREIGN, "The record has no value.");
    }
    Segment segment = SegmentCodec.decode(value);
    LaneId lane = segment.lane();
    if (!isKeyOf(key, lane)) {
      throw new RejectedRecordException(
          RejectionReason.INVALID,
          "The segment of " + lane + " stands under the key of another run or actor.");
    }
    if (shape != null) {
      shape.check(segment);
    }
    return segment;
  }

  private boolean isKeyOf(ByteBuffer key, LaneId lane) {
    // A name with a slash has no key at all.
    return lane.run().indexOf('/') < 0
        && lane.actor().indexOf('/') < 0
        && key.equals(ByteBuffer.wrap(keys.of(lane)));
  }

  private LoggedSegment logged(ConsumerRecord<ByteBuffer, ByteBuffer> record, Segment segment) {
    long ordinal = nextOrdinals.getOrDefault(segment.lane().run(), request.firstOrdinal());
    nextOrdinals.put(segment.lane().run(), ordinal + 1);
    return new LoggedSegment(
        segment,
        record.partition(),
        record.offset(),
        ordinal,
        record.timestamp(),
        record.serializedValueSize(),
        Continuity.UNDECIDED);
  }

  @Override
  public @Nullable LoggedSegment polled(KafkaConsumer<ByteBuffer, ByteBuffer> consumer) {
    ends.update(consumer);
    counters.polled(lag(consumer));
    return null;
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
    return ends.reached();
  }
}
