package dev.relive.log;

import org.jspecify.annotations.Nullable;

/** How a segment's last transition leaves its episode. */
public enum SegmentEnd {
  /** The lane's next segment goes on with the same episode. */
  CONTINUES(dev.relive.log.wire.SegmentEnd.CONTINUES),
  /** The environment ended: no return follows the last observation. */
  TERMINATED(dev.relive.log.wire.SegmentEnd.TERMINATED),
  /** A limit outside the task ended it: the last observation still has a value. */
  TRUNCATED(dev.relive.log.wire.SegmentEnd.TRUNCATED),
  /** The producer stopped or lost the environment: truncated for learning, no episode otherwise. */
  ABANDONED(dev.relive.log.wire.SegmentEnd.ABANDONED);

  private static final SegmentEnd[] BY_NUMBER = {null, CONTINUES, TERMINATED, TRUNCATED, ABANDONED};

  private final dev.relive.log.wire.SegmentEnd wire;

  SegmentEnd(dev.relive.log.wire.SegmentEnd wire) {
    this.wire = wire;
  }

  /** The end's value in the log's messages. */
  public dev.relive.log.wire.SegmentEnd wire() {
    return wire;
  }

  /** The end for a value of the log's messages, or null where this program knows none. */
  static @Nullable SegmentEnd of(dev.relive.log.wire.SegmentEnd wire) {
    return wire == dev.relive.log.wire.SegmentEnd.UNRECOGNIZED ? null : BY_NUMBER[wire.getNumber()];
  }
}
