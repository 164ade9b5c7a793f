package dev.relive.log;

import dev.relive.log.wire.CheckpointState.SegmentIdentity;
import dev.relive.log.wire.EnvironmentSpec;
import dev.relive.log.wire.PartitionRange;
import dev.relive.log.wire.Position;
import dev.relive.log.wire.RunSpec;
import java.util.List;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * What to read of a stream.
 *
 * @param topic the stream's topic
 * @param slices which partitions, from where to where
 * @param run the only run to give; null for all
 * @param fromFirstSegment whether the slices begin where the run begins, so that an actor epoch's
 *     first segment must have sequence 0
 * @param firstOrdinal the ordinal of the first segment read, of the run
 * @param endOrdinal the ordinal before which reading ends; {@link #ALL} for none
 * @param environment the spaces that segments must fit; null to take any
 */
public record ReadRequest(
    Topic topic,
    List<Slice> slices,
    @Nullable String run,
    boolean fromFirstSegment,
    long firstOrdinal,
    long endOrdinal,
    @Nullable EnvironmentSpec environment) {
  /** An end that no ordinal reaches. */
  public static final long ALL = Long.MAX_VALUE;

  /** Checks that there is something to read, and that ordinals tell where it stands. */
  public ReadRequest {
    slices = List.copyOf(slices);
    if (slices.isEmpty()) {
      throw new IllegalArgumentException("Reading needs at least one partition.");
    }
    boolean byOrdinal =
        endOrdinal != ALL || slices.stream().anyMatch(s -> s.start() instanceof StartAt.Segment);
    if (byOrdinal && (run == null || slices.size() != 1)) {
      throw new IllegalArgumentException(
          "Ordinals are told of one run in one partition, not of run %s in %d partitions."
              .formatted(run, slices.size()));
    }
  }

  /**
   * A part of a partition.
   *
   * @param endOffset where it ends, exclusive; {@link #LIVE} to go on as the log grows, {@link
   *     #NOW} for what the log holds when reading begins
   */
  public record Slice(int partition, StartAt start, long endOffset) {
    public static final long LIVE = Long.MAX_VALUE;
    public static final long NOW = -1;

    static Slice of(PartitionRange range) {
      return new Slice(
          range.getPartition(),
          new StartAt.Offset(range.getFirstOffset()),
          range.hasEndOffset() ? range.getEndOffset() : LIVE);
    }

    Slice startingAt(StartAt newStart) {
      return new Slice(partition, newStart, endOffset);
    }
  }

  /** All runs of one partition, live. */
  public static ReadRequest of(Topic topic, int partition, StartAt start) {
    return new ReadRequest(
        topic, List.of(new Slice(partition, start, Slice.LIVE)), null, false, 0, ALL, null);
  }

  /** A run from its first segment on, as its spec says. */
  public static ReadRequest of(TopicCatalogue topics, RunSpec spec) {
    String source = spec.getSourceRun();
    return new ReadRequest(
        topics.experience(spec.getStream()),
        spec.getPartitionsList().stream().map(Slice::of).toList(),
        source.isEmpty() ? spec.getRun() : source,
        source.isEmpty(),
        0,
        ALL,
        spec.getEnvironment());
  }

  /** The same, of one run only. */
  public ReadRequest ofRun(String only) {
    return new ReadRequest(
        topic, slices, only, fromFirstSegment, firstOrdinal, endOrdinal, environment);
  }

  /**
   * The same run from one of its segments on. The request must begin at the run's first offset.
   *
   * @param ordinal the segment's
   * @param hint where it stood; it is taken where a segment with this identity stands there, else
   *     the run's segments are counted from its first offset
   * @param identity null where it is not known: then they are always counted
   */
  public ReadRequest from(long ordinal, Position hint, @Nullable SegmentIdentity identity) {
    return startingAt(
        ordinal, slice -> new StartAt.Segment(hint, identity, runStart(slice.start())));
  }

  private static long runStart(StartAt start) {
    if (start instanceof StartAt.Offset at) {
      return at.offset();
    }
    throw new IllegalArgumentException("A run's segments are counted from an offset, not " + start);
  }

  /** The same run from what follows a segment that was just read. */
  public ReadRequest after(SegmentRecord last) {
    return startingAt(last.ordinal() + 1, slice -> new StartAt.Offset(last.offset() + 1));
  }

  private ReadRequest startingAt(long ordinal, Function<Slice, StartAt> start) {
    return new ReadRequest(
        topic,
        slices.stream().map(slice -> slice.startingAt(start.apply(slice))).toList(),
        run,
        false,
        ordinal,
        endOrdinal,
        environment);
  }

  /** The same, ending at what the log holds when reading begins. */
  public ReadRequest untilNow() {
    return until(endOrdinal);
  }

  /**
   * The same run, ending before one of its segments. All before it must be in the log when reading
   * begins, else it ends with {@link LogException}.
   */
  public ReadRequest until(long ordinal) {
    return new ReadRequest(
        topic,
        slices.stream().map(s -> new Slice(s.partition(), s.start(), Slice.NOW)).toList(),
        run,
        fromFirstSegment,
        firstOrdinal,
        ordinal,
        environment);
  }

  /** Whether it ends at an ordinal. */
  boolean isWindow() {
    return endOrdinal != ALL;
  }
}
