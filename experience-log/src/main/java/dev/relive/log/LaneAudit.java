package dev.relive.log;

import java.nio.ByteBuffer;

/** What a lane's next segment has to continue: versions never fall, observations go on. */
final class LaneAudit {
  private ByteBuffer lastObservation = ByteBuffer.allocate(0);
  private long version;
  private boolean open;
  private long episode;
  private long step;

  /** Whether a segment begins with the observation with which the one before ended, bit for bit. */
  boolean observationContinues(Segment segment) {
    ByteBuffer rows = segment.observations().bytes();
    int bytes = rowBytes(segment, rows);
    return bytes == lastObservation.limit()
        && rows.slice(rows.position(), bytes).mismatch(lastObservation) < 0;
  }

  /** The version that a segment names though the lane had a newer one; -1 where there is none. */
  long olderVersion(Segment segment) {
    PolicyVersions versions = segment.policyVersions();
    long newest = version;
    for (int i = 0; i < versions.count(); i++) {
      if (versions.version(i) < newest) {
        return versions.version(i);
      }
      newest = versions.version(i);
    }
    return -1;
  }

  void accept(Segment segment) {
    PolicyVersions versions = segment.policyVersions();
    for (int i = 0; i < versions.count(); i++) {
      version = Math.max(version, versions.version(i));
    }
    open = segment.end() == SegmentEnd.CONTINUES;
    episode = open ? segment.episode() : segment.episode() + 1;
    step = open ? segment.nextStep() : 0;
    ByteBuffer rows = segment.observations().bytes();
    int bytes = rowBytes(segment, rows);
    if (lastObservation.capacity() != bytes) {
      lastObservation = ByteBuffer.allocate(bytes);
    }
    lastObservation.clear().put(rows.slice(rows.limit() - bytes, bytes)).flip();
  }

  private static int rowBytes(Segment segment, ByteBuffer rows) {
    return rows.remaining() / segment.observations().rows();
  }

  long version() {
    return version;
  }

  /** Whether its last segment says that its episode goes on. */
  boolean isOpen() {
    return open;
  }

  /** Where its next segment has to begin. */
  String stand() {
    return "episode %d, step %d".formatted(episode, step);
  }
}
