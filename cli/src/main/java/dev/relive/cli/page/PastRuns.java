package dev.relive.cli.page;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.sun.net.httpserver.HttpExchange;
import dev.relive.cli.curve.RewardCurve;
import dev.relive.cli.curve.RunCurves;
import dev.relive.cli.display.Numbers;
import dev.relive.evaluator.EvaluationSummary;
import dev.relive.log.LogException;
import dev.relive.log.Run;
import dev.relive.log.RunReports;
import dev.relive.service.HttpAnswer;
import java.io.IOException;
import java.net.URLDecoder;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.function.Supplier;

/** Other runs of the log, read when the page asks for them, one request at a time. */
final class PastRuns {

  private static final int MOST_LISTED = 50;
  private static final String JSON = "application/json";
  private static final String QUESTION = "run=";

  private final Supplier<Optional<WatchedRun>> run;

  PastRuns(Supplier<Optional<WatchedRun>> run) {
    this.run = run;
  }

  /** Answers with the newest runs of the same environment. */
  synchronized void list(HttpExchange exchange) throws IOException {
    Optional<WatchedRun> watched = run.get();
    if (watched.isEmpty()) {
      HttpAnswer.sendSentence(exchange, 503, "There is no run yet.");
      return;
    }
    try {
      Map<String, Object> answer = list(watched.get());
      HttpAnswer.send(exchange, 200, JSON, PageJson.of(answer).getBytes(UTF_8));
    } catch (LogException e) {
      HttpAnswer.sendSentence(exchange, 503, String.valueOf(e.getMessage()));
    }
  }

  private static Map<String, Object> list(WatchedRun watched) {
    List<Run> all = new RunReports(watched.connection()).runs();
    Optional<String> environment =
        all.stream()
            .filter(each -> each.id().equals(watched.id()))
            .map(each -> each.spec().getEnvironment().getId())
            .findFirst();
    List<Run> others =
        new ArrayList<>(
            all.stream()
                .filter(each -> !each.id().equals(watched.id()))
                .filter(
                    each ->
                        environment.isEmpty()
                            || environment.get().equals(each.spec().getEnvironment().getId()))
                .toList());
    Collections.reverse(others);
    List<Run> listed = others.subList(0, Math.min(MOST_LISTED, others.size()));
    String note =
        others.size() == listed.size()
            ? "All other runs of this environment: " + others.size() + "."
            : "The newest %d of %s; `relive runs compare` draws any of them."
                .formatted(listed.size(), Numbers.count(others.size()));
    return Map.of("runs", listed.stream().map(PastRuns::json).toList(), "note", note);
  }

  private static Map<String, Object> json(Run run) {
    Map<String, Object> json = new LinkedHashMap<>();
    json.put("id", run.id());
    json.put("name", run.label().isEmpty() ? run.id() : run.label());
    json.put("algorithm", run.spec().getAlgorithm());
    json.put("seed", run.spec().getSeed());
    json.put("phase", run.phase().name().toLowerCase(Locale.ROOT));
    json.put(
        "started",
        Instant.EPOCH
            .plus(run.spec().getCreatedAtMicros(), ChronoUnit.MICROS)
            .truncatedTo(ChronoUnit.SECONDS)
            .toString());
    return json;
  }

  /** Answers with the evaluations of one. */
  synchronized void curve(HttpExchange exchange) throws IOException {
    String query = exchange.getRequestURI().getRawQuery();
    Optional<WatchedRun> watched = run.get();
    if (query == null || !query.startsWith(QUESTION) || watched.isEmpty()) {
      HttpAnswer.sendSentence(exchange, 400, "The question is ?run= and the run's id.");
      return;
    }
    String id = URLDecoder.decode(query.substring(QUESTION.length()), UTF_8);
    try {
      RewardCurve curve =
          RunCurves.of(new RunReports(watched.get().connection()).read(List.of(id))).get(0);
      Map<String, Object> json =
          Map.of(
              "greedy",
              curve.evaluations().stream()
                  .filter(EvaluationSummary::greedy)
                  .map(PageJson::evaluation)
                  .toList());
      HttpAnswer.send(exchange, 200, JSON, PageJson.of(json).getBytes(UTF_8));
    } catch (LogException e) {
      HttpAnswer.sendSentence(exchange, 404, String.valueOf(e.getMessage()));
    }
  }
}
