package dev.relive.log;

import java.nio.ByteBuffer;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.jspecify.annotations.Nullable;

/** Which records are the well-formed segments that a request asks for. */
final class SegmentSelection {
  private final SegmentKeys keys = new SegmentKeys();
  private final byte @Nullable [] wantedPrefix;
  private final @Nullable SegmentShape shape;

  SegmentSelection(ReadRequest request) {
    this.wantedPrefix = request.run() == null ? null : SegmentKey.prefix(request.run());
    this.shape = request.environment() == null ? null : SegmentShape.of(request.environment());
  }

  /**
   * The record's segment, a view of it; null where it is another run's.
   *
   * @throws RejectedRecordException if it is no well-formed segment
   */
  @Nullable Segment segment(ConsumerRecord<ByteBuffer, ByteBuffer> record)
      throws RejectedRecordException {
    return segment(record.key(), record.value());
  }

  /** As {@link #segment(ConsumerRecord)}, of a record by its key and value. */
  @Nullable Segment segment(@Nullable ByteBuffer key, @Nullable ByteBuffer value)
      throws RejectedRecordException {
    if (key == null || !SegmentKey.isWellFormed(key)) {
      throw new RejectedRecordException(
          RejectionReason.FOREIGN, "The record's key is not run/actor.");
    }
    if (wantedPrefix != null && !SegmentKey.startsWith(key, wantedPrefix)) {
      return null;
    }
    return decode(key, value);
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
}
