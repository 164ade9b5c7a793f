package dev.relive.learner;

import dev.relive.environments.random.RunSeeds;
import dev.relive.log.ChunkIndex;
import dev.relive.log.ChunkedReader;
import dev.relive.log.ExperienceReader;
import dev.relive.log.LogConnection;
import dev.relive.log.LogException;
import dev.relive.log.ReadRequest;
import dev.relive.log.ReaderCounters;
import dev.relive.log.RejectedRecords;
import dev.relive.log.SegmentRecord;
import dev.relive.log.SequenceTracker;
import dev.relive.log.Sequencing;
import dev.relive.log.Settings;
import dev.relive.log.wire.CheckpointState;
import dev.relive.log.wire.Position;
import dev.relive.log.wire.RunSpec;
import dev.relive.log.wire.Shuffle;
import java.util.Iterator;
import java.util.Optional;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;
import reactor.core.scheduler.Schedulers;

/**
 * A range of another run's experience in random order, once or several times, for learning from
 * more than fits the memory. The range is read once in the order of the log, which tells where its
 * segments stand and which are duplicates. Then it is read chunk by chunk in an order that follows
 * from the run's seed; the replay that the chunks go through mixes them.
 *
 * <p>In a pass every segment comes once. So every transition enters the replay once in a pass, and
 * stays in it until so many have come after it as it holds.
 */
final class ShuffledExperience implements Experience {
  private static final int INDEX_PREFETCH = 32;

  private final LogConnection connection;
  private final ReadRequest request;
  private final RunSeeds seeds;
  private final Shuffle shuffle;
  private final ExperienceFilters filters;
  private final ReaderCounters indexed = new ReaderCounters();
  private final ReaderCounters counters = new ReaderCounters();
  private volatile @Nullable ChunkIndex index;

  /**
   * Nothing is read before it is asked for.
   *
   * @param spec of a run that has a shuffle and a range with an end
   */
  ShuffledExperience(LogConnection connection, RunSpec spec) {
    this.connection = connection;
    this.request = ReadRequest.of(connection.topics(), spec);
    this.seeds = new RunSeeds(spec.getSeed());
    this.shuffle = spec.getShuffle();
    this.filters = ExperienceFilters.of(Settings.of(spec.getFiltersList()));
  }

  @Override
  public Flux<SegmentRecord> records(Optional<CheckpointState> checkpoint) {
    return Mono.fromCallable(this::index)
        .subscribeOn(Schedulers.boundedElastic())
        .flatMapMany(
            known ->
                new ChunkedReader(connection, request, known, counters)
                    .records(
                        shuffle.getPasses(),
                        pass -> ChunkOrder.permutation(known.chunks(), seeds.chunkOrder(pass)),
                        first(checkpoint)))
        .switchOnFirst((first, records) -> verified(first.get(), records, checkpoint));
  }

  private static long first(Optional<CheckpointState> checkpoint) {
    return checkpoint
        .filter(CheckpointState::hasWindowFirst)
        .map(CheckpointState::getWindowFirstSegment)
        .orElse(0L);
  }

  private static Flux<SegmentRecord> verified(
      @Nullable SegmentRecord first,
      Flux<SegmentRecord> records,
      Optional<CheckpointState> checkpoint) {
    if (first == null || isAsBefore(first, checkpoint)) {
      return records;
    }
    return Flux.error(
        new LogException(
            "The range is not what it was: another segment comes at %d than did before."
                .formatted(first.ordinal())));
  }

  private static boolean isAsBefore(SegmentRecord first, Optional<CheckpointState> checkpoint) {
    return checkpoint
        .filter(CheckpointState::hasWindowFirst)
        .map(c -> c.getWindowFirst().equals(first.identity()))
        .orElse(true);
  }

  /** Reads the range once, unless that has been done. */
  private ChunkIndex index() {
    ChunkIndex known = index;
    if (known == null) {
      known = readIndex();
      index = known;
    }
    return known;
  }

  private ChunkIndex readIndex() {
    ChunkIndex.Builder builder = new ChunkIndex.Builder();
    Sequencing sequencing = new Sequencing(new SequenceTracker(false), indexed);
    ExperienceFilter filter = new ExperienceFilter(filters);
    try (Stream<SegmentRecord> records =
        new ExperienceReader(connection, RejectedRecords.LEFT)
            .records(request)
            .toStream(INDEX_PREFETCH)) {
      for (Iterator<SegmentRecord> all = records.iterator(); all.hasNext(); ) {
        SegmentRecord record = all.next();
        builder.add(record);
        Admission admitted = sequencing.apply(record) == null ? null : filter.admit(record);
        if (admitted != null) {
          admitted.pieces().forEach(piece -> builder.keep(piece.ordinal()));
        }
      }
    }
    return builder.build(shuffle.getChunkSteps());
  }

  @Override
  public boolean inLogOrder() {
    return false;
  }

  @Override
  public String end() {
    return "it has read all of its range %d times".formatted(shuffle.getPasses());
  }

  /** Segments of all passes. */
  @Override
  public long length() {
    ChunkIndex known = index;
    return known == null ? UNKNOWN : known.segments() * shuffle.getPasses();
  }

  @Override
  public long passed(long segments, Position next) {
    return segments;
  }

  @Override
  public ReaderCounters counters() {
    return counters;
  }
}
