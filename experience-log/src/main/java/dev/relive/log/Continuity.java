package dev.relive.log;

/**
 * What a segment is in the order of its actor's segments.
 *
 * @param duplicate whether it has been seen and must be dropped
 * @param missingSegments segments of its actor epoch that are missing before it
 * @param continuesLane whether its first observation is the last one of its lane's segment before
 */
public record Continuity(boolean duplicate, long missingSegments, boolean continuesLane) {
  static final Continuity DUPLICATE = new Continuity(true, 0, false);
}
