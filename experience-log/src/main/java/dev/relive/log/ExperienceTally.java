package dev.relive.log;

import java.util.EnumMap;
import java.util.Map;

/** What the segments of one actor, of one run or of more add up to. */
public final class ExperienceTally {
  private final Map<SegmentEnd, Long> ends = new EnumMap<>(SegmentEnd.class);
  private long segments;
  private long steps;
  private long bytes;
  private long wholeEpisodes;
  private double returns;
  private long oldestVersion = Long.MAX_VALUE;
  private long newestVersion = -1;
  private long firstMillis = Long.MAX_VALUE;
  private long lastMillis = Long.MIN_VALUE;

  void add(LoggedSegment logged) {
    Segment segment = logged.segment();
    segments++;
    steps += segment.length();
    bytes += logged.bytes();
    ends.merge(segment.end(), 1L, Long::sum);
    PolicyVersions versions = segment.policyVersions();
    for (int i = 0; i < versions.count(); i++) {
      oldestVersion = Math.min(oldestVersion, versions.version(i));
      newestVersion = Math.max(newestVersion, versions.version(i));
    }
    firstMillis = Math.min(firstMillis, logged.appendedAtMillis());
    lastMillis = Math.max(lastMillis, logged.appendedAtMillis());
  }

  /** An episode ended that was read from its first step on. */
  void addReturn(double episodeReturn) {
    wholeEpisodes++;
    returns += episodeReturn;
  }

  /** Segments read, without duplicates. */
  public long segments() {
    return segments;
  }

  /** Transitions in them. */
  public long steps() {
    return steps;
  }

  /** Bytes of their records, as they were before compression. */
  public long bytes() {
    return bytes;
  }

  /** Segments that end in a way: all but {@link SegmentEnd#CONTINUES} end an episode. */
  public long ends(SegmentEnd end) {
    return ends.getOrDefault(end, 0L);
  }

  /** Transitions in a segment on average; NaN where there is none. */
  public double meanLength() {
    return segments == 0 ? Double.NaN : (double) steps / segments;
  }

  /**
   * The mean return of the episodes that the environment ended and that were read from their first
   * step on; NaN where there is none.
   */
  public double meanReturn() {
    return wholeEpisodes == 0 ? Double.NaN : returns / wholeEpisodes;
  }

  /** The oldest policy version that acted; -1 where none did. */
  public long oldestVersion() {
    return newestVersion < 0 ? -1 : oldestVersion;
  }

  /** The newest policy version that acted; -1 where none did. */
  public long newestVersion() {
    return newestVersion;
  }

  /**
   * When the first segment was appended, milliseconds since 1970; undefined where there is none.
   */
  public long firstMillis() {
    return firstMillis;
  }

  /** When the last segment was appended, milliseconds since 1970; undefined where there is none. */
  public long lastMillis() {
    return lastMillis;
  }

  /** Transitions appended in a second on average; NaN where no time passed. */
  public double stepsPerSecond() {
    return lastMillis > firstMillis ? steps * 1e3 / (lastMillis - firstMillis) : Double.NaN;
  }
}
