package dev.relive.cli;

import dev.relive.cli.display.Evaluations;
import dev.relive.cli.display.Evaluations.Evaluated;
import dev.relive.cli.display.Graph;
import dev.relive.cli.display.Numbers;
import dev.relive.log.RunReports.RunReport;
import dev.relive.log.wire.ActorProgress;
import dev.relive.log.wire.Progress;
import dev.relive.log.wire.RunVerdict;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import java.util.function.ToLongFunction;
import org.jspecify.annotations.Nullable;

/** How a run went, as far as the log tells. */
final class RunCourse {

  private static final String NONE = "–";
  private static final int CURVE_WIDTH = 24;

  private final RunReport report;
  private final @Nullable Progress progress;
  private final List<Evaluated> evaluations;

  RunCourse(RunReport report) {
    this.report = report;
    progress = report.progress().orElse(null);
    evaluations = EvaluationWatch.summaries(report.evaluations());
  }

  /** For people, each by a name; the same names for every run. */
  Map<String, String> words() {
    Map<String, String> words = new LinkedHashMap<>();
    words.put("phase", new RunSummary(report).phase());
    words.put("steps", known(p -> Numbers.count(p.getRunSteps())));
    words.put("updates", known(p -> Numbers.count(p.getUpdates())));
    words.put("generation", known(p -> Long.toString(p.getGeneration())));
    words.put("best evaluation", evaluation(best()));
    words.put("last evaluation", evaluation(last()));
    words.put("evaluations", curve());
    RunVerdict verdict = report.run().verdict();
    words.put("steps to solve", verdict == null ? NONE : Numbers.count(verdict.getRunSteps()));
    words.put("time to solve", verdict == null ? NONE : sinceStart(verdict.getAtMicros()));
    words.put("started", RunTimes.text(report.run().spec().getCreatedAtMicros()));
    words.put("wall time", known(p -> sinceStart(p.getAtMicros())));
    words.put("gaps", known(p -> Numbers.count(sum(p, ActorProgress::getGaps))));
    words.put("duplicates", known(p -> Numbers.count(sum(p, ActorProgress::getDuplicates))));
    return words;
  }

  /** For programs: what the list of runs has of it, and more. */
  Map<String, @Nullable Object> json() {
    Map<String, @Nullable Object> json = new RunSummary(report).json();
    RunVerdict verdict = report.run().verdict();
    json.put("stepsToSolve", verdict == null ? null : verdict.getRunSteps());
    json.put("secondsToSolve", verdict == null ? null : seconds(verdict.getAtMicros()));
    json.put("wallSeconds", progress == null ? null : seconds(progress.getAtMicros()));
    json.put("gaps", progress == null ? null : sum(progress, ActorProgress::getGaps));
    json.put("duplicates", progress == null ? null : sum(progress, ActorProgress::getDuplicates));
    json.put(
        "evaluations",
        evaluations.stream()
            .map(each -> Map.of("steps", each.steps(), "mean", each.mean()))
            .toList());
    return json;
  }

  private String known(Function<Progress, String> words) {
    return progress == null ? NONE : words.apply(progress);
  }

  private @Nullable Evaluated best() {
    return Evaluations.best(evaluations).orElse(null);
  }

  private @Nullable Evaluated last() {
    return evaluations.isEmpty() ? null : evaluations.get(evaluations.size() - 1);
  }

  private static String evaluation(@Nullable Evaluated evaluated) {
    return evaluated == null
        ? NONE
        : "%s at step %s"
            .formatted(Numbers.mean(evaluated.mean()), Numbers.count(evaluated.steps()));
  }

  /** From the worst to what solves the environment. */
  private String curve() {
    if (evaluations.isEmpty()) {
      return NONE;
    }
    var environment = report.run().spec().getEnvironment();
    double top = environment.hasRewardThreshold() ? environment.getRewardThreshold() : Double.NaN;
    return Graph.curve(evaluations.stream().map(Evaluated::mean).toList(), top, CURVE_WIDTH);
  }

  private String sinceStart(long micros) {
    return Numbers.clock(Duration.ofMillis(Math.round(1e3 * seconds(micros))));
  }

  private double seconds(long micros) {
    return (micros - report.run().spec().getCreatedAtMicros()) / 1e6;
  }

  private static long sum(Progress progress, ToLongFunction<ActorProgress> count) {
    return progress.getActorsList().stream().mapToLong(count).sum();
  }
}
