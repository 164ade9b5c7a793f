package dev.relive.log;

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
          Sequencing sequencing = new Sequencing(request.fromFirstSegment(), counters);
          return segments(request).mapNotNull(sequencing::apply);
        });
  }

  /**
   * As {@link #read}, without {@link Sequencing}: for who applies that on a thread of its own, and
   * can so say at any moment what has been taken in. Duplicates are among these segments.
   */
  public Flux<LoggedSegment> segments(ReadRequest request) {
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
