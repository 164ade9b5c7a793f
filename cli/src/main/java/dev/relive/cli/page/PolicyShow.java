package dev.relive.cli.page;

import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import java.util.function.Supplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;
import reactor.core.publisher.Sinks;
import reactor.core.scheduler.Scheduler;
import reactor.core.scheduler.Schedulers;

/**
 * The newest policy at play, in pictures. It plays only while somebody watches, one environment for
 * all who do; who is slow misses pictures.
 */
final class PolicyShow {

  private static final Logger LOGGER = LoggerFactory.getLogger(PolicyShow.class);
  private static final Duration BETWEEN_PICTURES = Duration.ofMillis(66);

  /** For a run, where the page is opened before there is one. */
  private static final Duration BETWEEN_LOOKS = Duration.ofMillis(500);

  private final Scheduler scheduler = Schedulers.newSingle("policy-show", true);
  private final Sinks.Empty<Void> end = Sinks.empty();
  private final Flux<ServerEvent> pictures;

  PolicyShow(Supplier<Optional<WatchedRun>> run) {
    pictures =
        Mono.defer(() -> Mono.justOrEmpty(run.get()))
            .repeatWhenEmpty(looks -> looks.delayElements(BETWEEN_LOOKS, scheduler))
            .flatMapMany(this::play)
            .subscribeOn(scheduler)
            .takeUntilOther(end.asMono())
            .share();
  }

  private Flux<ServerEvent> play(WatchedRun run) {
    return Flux.using(
            () -> PolicyPlayer.open(run),
            player ->
                Flux.interval(BETWEEN_PICTURES, scheduler)
                    .onBackpressureDrop()
                    .<ServerEvent>handle((tick, sink) -> player.frame().ifPresent(sink::next)),
            PolicyPlayer::close)
        .onErrorResume(
            failure -> {
              LOGGER.warn("The policy of run {} cannot be played on the page", run.id(), failure);
              return refusal("The policy cannot be played here: " + failure.getMessage());
            });
  }

  private static Flux<ServerEvent> refusal(String sentence) {
    ServerEvent event = new ServerEvent("refusal", PageJson.of(Map.of("reason", sentence)));
    return Flux.just(event).concatWith(Mono.never());
  }

  /** The pictures of one browser. */
  Flux<ServerEvent> pictures() {
    return pictures.onBackpressureLatest();
  }

  /** Ends all pictures. */
  void complete() {
    var unused = end.tryEmitEmpty();
    scheduler.dispose();
  }
}
