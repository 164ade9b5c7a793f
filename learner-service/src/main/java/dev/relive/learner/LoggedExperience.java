package dev.relive.learner;

import dev.relive.log.ExperienceReader;
import dev.relive.log.LogConnection;
import dev.relive.log.ReadRequest;
import dev.relive.log.ReaderCounters;
import dev.relive.log.RejectedRecords;
import dev.relive.log.SegmentRecord;
import dev.relive.log.wire.CheckpointState;
import dev.relive.log.wire.PartitionRange;
import dev.relive.log.wire.Position;
import dev.relive.log.wire.RunSpec;
import java.util.Optional;
import reactor.core.publisher.Flux;

/** A run's range of the log in its order: a live one has no end. */
final class LoggedExperience implements Experience {
  private final ExperienceReader reader;
  private final ReadRequest all;
  private final PartitionRange range;

  LoggedExperience(LogConnection connection, RunSpec spec, RejectedRecords rejected) {
    this.reader = new ExperienceReader(connection, rejected);
    this.all = ReadRequest.of(connection.topics(), spec);
    this.range = spec.getPartitions(0);
  }

  @Override
  public Flux<SegmentRecord> records(Optional<CheckpointState> checkpoint) {
    return reader.records(request(checkpoint));
  }

  /** The same as far as the log holds it now. */
  Flux<SegmentRecord> heldRecords(Optional<CheckpointState> checkpoint) {
    ReadRequest request = request(checkpoint);
    return reader.records(range.hasEndOffset() ? request : request.untilNow());
  }

  /** From the checkpoint's window on, or the first segment. */
  ReadRequest request(Optional<CheckpointState> checkpoint) {
    return checkpoint
        .filter(CheckpointState::hasWindowFirst)
        .map(c -> all.from(c.getWindowFirstSegment(), c.getWindowStart(), c.getWindowFirst()))
        .orElse(all);
  }

  Flux<SegmentRecord> records(ReadRequest request) {
    return reader.records(request);
  }

  @Override
  public boolean inLogOrder() {
    return true;
  }

  @Override
  public String end() {
    return "the end of its range is reached";
  }

  @Override
  public long length() {
    return range.hasEndOffset() ? range.getEndOffset() - range.getFirstOffset() : UNKNOWN;
  }

  @Override
  public long passed(long segments, Position next) {
    return next.getOffset() - range.getFirstOffset();
  }

  @Override
  public ReaderCounters counters() {
    return reader.counters();
  }
}
