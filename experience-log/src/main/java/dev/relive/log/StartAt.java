package dev.relive.log;

import dev.relive.log.wire.CheckpointState.SegmentIdentity;
import dev.relive.log.wire.Position;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/** Where in a partition reading begins. */
public sealed interface StartAt {
  /** At an offset, which must be within the log. */
  record Offset(long offset) implements StartAt {}

  /**
   * At a segment of a run, see {@link ReadRequest#from}.
   *
   * @param hint where it stood
   * @param identity whose it is; null where that is not known
   * @param runStart the offset from which the run's segments are counted
   */
  record Segment(Position hint, @Nullable SegmentIdentity identity, long runStart)
      implements StartAt {}

  /** At the first record that the broker appended at or after a time. */
  record Time(Instant time) implements StartAt {}

  /** At the oldest record there is. */
  record Beginning() implements StartAt {}

  /** After the newest record there is. */
  record End() implements StartAt {}
}
