package dev.relive.log;

import java.util.function.LongFunction;
import org.apache.kafka.common.IsolationLevel;
import reactor.core.publisher.Flux;

/** Reads a range of the log chunk by chunk in any order, once or several times. */
public final class ChunkedReader {
  private static final int LEAST_FETCH = 64 << 10;
  private static final int LARGEST_FETCH = 4 << 20;

  private final LogConnection connection;
  private final ReadRequest request;
  private final ChunkIndex index;
  private final ReaderCounters counters;

  /**
   * A reader of what an index tells.
   *
   * @param request what the index was made of: one run in one partition
   * @param counters where it counts what it gives
   */
  public ChunkedReader(
      LogConnection connection, ReadRequest request, ChunkIndex index, ReaderCounters counters) {
    this.connection = connection;
    this.request = request;
    this.index = index;
    this.counters = counters;
  }

  /**
   * Reads all chunks in one order, then in another, and so on. The segments' ordinals count from 0
   * over all passes. Otherwise as {@link ExperienceReader#records}: on a thread of its own, no more
   * than was requested.
   *
   * @param passes how often all of it is read
   * @param order the order of the chunks in a pass, counted from 0: a permutation
   * @param firstOrdinal the first segment to give
   */
  public Flux<SegmentRecord> records(long passes, LongFunction<int[]> order, long firstOrdinal) {
    int fetch = Math.max(LEAST_FETCH, Math.min(index.largestChunkBytes(), LARGEST_FETCH));
    return PollLoop.flux(
        request.topic().name(),
        connection,
        () -> connection.chunkConsumer(IsolationLevel.READ_UNCOMMITTED, fetch),
        () -> new ChunksTask(request, index, passes, order, firstOrdinal, counters));
  }
}
