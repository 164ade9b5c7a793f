package dev.relive.cli.page;

import dev.relive.cli.display.Evaluations;
import dev.relive.cli.display.ProgressView;
import dev.relive.evaluator.EvaluationSummary;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Sinks;
import reactor.core.publisher.Sinks.EmitFailureHandler;

/**
 * What the page is told: everything so far when it is opened, then each second's sample with the
 * evaluations that have come since. A browser that is slow is told of the newest sample alone, and
 * of all evaluations.
 */
final class PageEvents {

  private static final int HISTORY = 1_024;
  private static final long MILLISECONDS_PER_SAMPLE = 1_000;

  private final Supplier<Optional<WatchedRun>> run;
  private final SampleHistory history = new SampleHistory(HISTORY);
  private final Sinks.Many<ProgressView> samples = Sinks.many().multicast().directBestEffort();
  private volatile @Nullable ProgressView newest;
  private long nextMillis;

  PageEvents(Supplier<Optional<WatchedRun>> run) {
    this.run = run;
  }

  /** Takes note of what the screen shows, once a second; to be called more often by one thread. */
  void see(ProgressView view) {
    long now = view.elapsed().toMillis();
    if (now < nextMillis) {
      return;
    }
    nextMillis = now - now % MILLISECONDS_PER_SAMPLE + MILLISECONDS_PER_SAMPLE;
    newest = view;
    if (!view.sections().isEmpty()) {
      history.add(Sample.of(view));
    }
    var unused = samples.tryEmitNext(view);
  }

  /** The events of one browser. */
  Flux<ServerEvent> events() {
    return Flux.defer(
        () -> {
          Told told = new Told();
          Flux<ServerEvent> first = Flux.defer(() -> Flux.just(told.start()));
          return first.concatWith(samples.asFlux().onBackpressureLatest().map(told::sample));
        });
  }

  /** Ends all events. */
  void complete() {
    samples.emitComplete(EmitFailureHandler.busyLooping(Duration.ofSeconds(1)));
  }

  /** What one browser knows already. */
  private final class Told {
    private long greedyVersion;
    private long stochasticVersion;

    ServerEvent start() {
      Map<String, @Nullable Object> json = new LinkedHashMap<>();
      json.put("history", history.json());
      ProgressView view = newest;
      json.putAll(news(view));
      json.put("sample", null);
      return new ServerEvent("start", PageJson.of(json));
    }

    ServerEvent sample(ProgressView view) {
      return new ServerEvent("sample", PageJson.of(news(view)));
    }

    private Map<String, @Nullable Object> news(@Nullable ProgressView view) {
      Map<String, @Nullable Object> json = new LinkedHashMap<>();
      json.put("title", view == null ? "Relive" : String.join(" · ", view.title()));
      json.put("activity", view == null ? "starting" : view.activity());
      json.put("threshold", view == null ? Double.NaN : threshold(view));
      Optional<WatchedRun> watched = run.get();
      List<EvaluationSummary> greedy =
          later(watched.map(each -> each.evaluations().greedy()), greedyVersion);
      List<EvaluationSummary> stochastic =
          later(watched.map(each -> each.evaluations().stochastic()), stochasticVersion);
      greedyVersion = newestVersion(greedy, greedyVersion);
      stochasticVersion = newestVersion(stochastic, stochasticVersion);
      json.put("greedy", greedy.stream().map(PageJson::evaluation).toList());
      json.put("stochastic", stochastic.stream().map(PageJson::evaluation).toList());
      json.put("sample", view == null || view.sections().isEmpty() ? null : Sample.of(view).json());
      return json;
    }

    private List<EvaluationSummary> later(
        Optional<Collection<EvaluationSummary>> all, long version) {
      List<EvaluationSummary> later = new ArrayList<>();
      all.ifPresent(
          found -> found.stream().filter(each -> each.version() > version).forEach(later::add));
      return later;
    }

    private long newestVersion(List<EvaluationSummary> evaluations, long before) {
      return evaluations.isEmpty() ? before : evaluations.get(evaluations.size() - 1).version();
    }
  }

  private static double threshold(ProgressView view) {
    return view.sections().stream()
        .filter(Evaluations.class::isInstance)
        .map(Evaluations.class::cast)
        .mapToDouble(Evaluations::threshold)
        .findFirst()
        .orElse(Double.NaN);
  }
}
