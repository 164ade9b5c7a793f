package dev.relive.learner;

import dev.relive.log.ReadRequest;
import dev.relive.log.ReaderCounters;
import dev.relive.log.Run;
import dev.relive.log.Run.Phase;
import dev.relive.log.SegmentRecord;
import dev.relive.log.wire.CheckpointState;
import dev.relive.log.wire.Position;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicReference;
import org.jspecify.annotations.Nullable;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;

/**
 * The experience of another run while that goes on. It ends with what the log holds once the other
 * run has ended.
 */
final class FollowedExperience implements Experience {
  private final LoggedExperience logged;
  private final String source;
  private final Mono<List<Run>> sourceEnd;

  /**
   * @param logged the other run's, live
   * @param source its id
   * @param runs all runs of the log now and after every change
   */
  FollowedExperience(LoggedExperience logged, String source, Flux<List<Run>> runs) {
    this.logged = logged;
    this.source = source;
    this.sourceEnd = runs.filter(now -> now.stream().noneMatch(this::isSourceAndGoesOn)).next();
  }

  /** By its learner's word: a run that was found solved is still being read by that one. */
  private boolean isSourceAndGoesOn(Run run) {
    return run.id().equals(source)
        && (run.learnerPhase() == Phase.ACTIVE || run.learnerPhase() == Phase.CREATED);
  }

  @Override
  public Flux<SegmentRecord> records(Optional<CheckpointState> checkpoint) {
    return Flux.defer(
        () -> {
          ReadRequest begin = logged.request(checkpoint);
          AtomicReference<@Nullable SegmentRecord> last = new AtomicReference<>();
          Flux<SegmentRecord> live =
              logged.records(begin).takeUntilOther(sourceEnd).doOnNext(last::set);
          return live.concatWith(Flux.defer(() -> rest(begin, last.get())));
        });
  }

  private Flux<SegmentRecord> rest(ReadRequest begin, @Nullable SegmentRecord last) {
    return logged.records((last == null ? begin : begin.after(last)).untilNow());
  }

  @Override
  public boolean inLogOrder() {
    return logged.inLogOrder();
  }

  @Override
  public String end() {
    return "run %s, which it learned from, has ended".formatted(source);
  }

  @Override
  public long length() {
    return UNKNOWN;
  }

  @Override
  public long passed(long segments, Position next) {
    return logged.passed(segments, next);
  }

  @Override
  public ReaderCounters counters() {
    return logged.counters();
  }
}
