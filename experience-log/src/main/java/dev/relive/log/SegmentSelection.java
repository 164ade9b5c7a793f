package dev.relive.log;

import java.nio.ByteBuffer;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.jspecify.annotations.Nullable;

/** Which records are the well-formed segments that a request asks for. Belongs to one thread. */
public final class SegmentSelection {
  private final SegmentKeys keys = new SegmentKeys();
  private final byte @Nullable [] wantedPrefix;
  private final @Nullable SegmentShape shape;

  SegmentSelection(ReadRequest request) {
    this(
        request.run() == null ? null : SegmentKey.prefix(request.run()),
        request.environment() == null ? null : SegmentShape.of(request.environment()));
  }

  private SegmentSelection(byte @Nullable [] wantedPrefix, @Nullable SegmentShape shape) {
    this.wantedPrefix = wantedPrefix;
    this.shape = shape;
  }

  /** Takes the segments of every run, whatever their environments. */
  public static SegmentSelection ofEveryRun() {
    return new SegmentSelection(null, null);
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

  /**
   * The segment of a record by its key and value, a view of it; null where it is another run's.
   *
   * @throws RejectedRecordException if it is no well-formed segment
   */
  public @Nullable Segment segment(@Nullable ByteBuffer key, @Nullable ByteBuffer value)
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
