package dev.relive.learner;

import dev.relive.log.ReaderCounters;
import dev.relive.log.SegmentRecord;
import dev.relive.log.wire.CheckpointState;
import dev.relive.log.wire.Position;
import java.util.Optional;
import reactor.core.publisher.Flux;

/**
 * What a run learns from: segments with ordinals that count from 0 in the order in which they come,
 * the same whenever they are asked for.
 */
interface Experience {
  /** A length that nobody knows yet. */
  long UNKNOWN = -1;

  /**
   * The segments, on a thread of their own and no more than were requested, from the first of a
   * checkpoint's window on, else from the first of all. They complete where there are no more to
   * come.
   */
  Flux<SegmentRecord> records(Optional<CheckpointState> checkpoint);

  /**
   * Whether they come in the order of the log, so that its order tells which are duplicates and how
   * many are missing.
   */
  boolean inLogOrder();

  /** Why there are no more to come, to complete "the run has ended: ". */
  String end();

  /**
   * Records from the first to the last, other runs' among them; {@link #UNKNOWN} while it grows.
   */
  long length();

  /**
   * How many of them have been passed.
   *
   * @param segments the ordinal of the next segment
   * @param next where the next record stands
   */
  long passed(long segments, Position next);

  /** What has been read. */
  ReaderCounters counters();
}
