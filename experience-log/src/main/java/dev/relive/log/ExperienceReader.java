package dev.relive.log;

import java.util.HashMap;
import java.util.Map;
import org.apache.kafka.common.IsolationLevel;
import reactor.core.publisher.Flux;

/** Reads segments in log order. No record stops it; every record it cannot use is counted. */
public final class ExperienceReader {
  private final LogConnection connection;
  private final RejectedRecords rejected;
  private final ReaderCounters counters = new ReaderCounters();

  /**
   * A reader of a log.
   *
   * @param rejected what becomes of records that cannot be used
   */
  public ExperienceReader(LogConnection connection, RejectedRecords rejected) {
    this.connection = connection;
    this.rejected = rejected;
  }

  /**
   * Reads until the slices' ends, or as long as there is a subscriber. Segments come on a thread of
   * the flux's own, which reads nothing that was not requested; so a slow subscriber works there,
   * or behind a {@code publishOn} with a small prefetch. A segment is a view of fetched memory.
   * Duplicates are dropped; gaps are told by each segment's {@link Continuity}. While no broker
   * answers, Kafka's client tries on; {@link ReaderCounters#lag} says how far behind the reader is.
   *
   * <p>Ends with {@link LogException} when a partition does not exist, or an offset is not in the
   * log, because what stood there was deleted or never was.
   */
  public Flux<LoggedSegment> read(ReadRequest request) {
    return Flux.defer(
        () -> {
          Map<String, Sequencing> byRun = new HashMap<>();
          return records(request)
              .mapNotNull(
                  record ->
                      byRun
                          .computeIfAbsent(
                              record.segment().lane().run(), run -> sequencing(request))
                          .apply(record));
        });
  }

  private Sequencing sequencing(ReadRequest request) {
    return new Sequencing(new SequenceTracker(request.fromFirstSegment()), counters);
  }

  /**
   * Reads as {@link #read} does, but gives every well-formed segment, duplicates as well, for a
   * subscriber that puts them in order with a {@link Sequencing} of its own.
   */
  public Flux<SegmentRecord> records(ReadRequest request) {
    return PollLoop.flux(
        request.topic().name(),
        connection,
        IsolationLevel.READ_UNCOMMITTED,
        () -> new SegmentTask(request, rejected, counters));
  }

  /** What has been read so far, by all fluxes together; the lag is the last one's. */
  public ReaderCounters counters() {
    return counters;
  }
}
