package dev.relive.log;

import dev.relive.log.wire.EnvironmentSpec;
import dev.relive.log.wire.PartitionRange;
import dev.relive.log.wire.RunSpec;
import java.util.List;
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
 * @param environment the spaces that segments must fit; null to take any
 */
public record ReadRequest(
    Topic topic,
    List<Slice> slices,
    @Nullable String run,
    boolean fromFirstSegment,
    long firstOrdinal,
    @Nullable EnvironmentSpec environment) {

  /** Checks that there is something to read. */
  public ReadRequest {
    slices = List.copyOf(slices);
    if (slices.isEmpty()) {
      throw new IllegalArgumentException("Reading needs at least one partition.");
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
  }

  /** All runs of one partition, live. */
  public static ReadRequest of(Topic topic, int partition, StartAt start) {
    return new ReadRequest(
        topic, List.of(new Slice(partition, start, Slice.LIVE)), null, false, 0, null);
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
        spec.getEnvironment());
  }

  /** The same, of one run only. */
  public ReadRequest ofRun(String only) {
    return new ReadRequest(topic, slices, only, fromFirstSegment, firstOrdinal, environment);
  }

  /** The same, from another place within the run on. */
  public ReadRequest resumedAt(int partition, long offset, long ordinal) {
    List<Slice> resumed =
        slices.stream()
            .map(
                slice ->
                    slice.partition() == partition
                        ? new Slice(partition, new StartAt.Offset(offset), slice.endOffset())
                        : slice)
            .toList();
    return new ReadRequest(topic, resumed, run, false, ordinal, environment);
  }

  /** The same, ending at what the log holds when reading begins. */
  public ReadRequest untilNow() {
    return new ReadRequest(
        topic,
        slices.stream().map(s -> new Slice(s.partition(), s.start(), Slice.NOW)).toList(),
        run,
        fromFirstSegment,
        firstOrdinal,
        environment);
  }
}
