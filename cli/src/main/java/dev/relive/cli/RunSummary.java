package dev.relive.cli;

import dev.relive.cli.display.Evaluations;
import dev.relive.cli.display.Evaluations.Evaluated;
import dev.relive.cli.display.Numbers;
import dev.relive.log.RunReports.RunReport;
import dev.relive.log.wire.Progress;
import dev.relive.log.wire.RunSpec;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** What there is to say of a run in one line of a table, or a flat JSON object. */
final class RunSummary {

  private static final String NONE = "–";
  private static final String[] HEADER = {
    "RUN",
    "LABEL",
    "PHASE",
    "ENVIRONMENT",
    "ALGORITHM",
    "SEED",
    "STEPS",
    "UPDATES",
    "BEST",
    "LAST",
    "GENERATION",
    "STARTED",
    "LAST SIGN OF LIFE",
  };

  private final RunReport report;
  private final RunSpec spec;
  private final List<Evaluated> evaluations;

  RunSummary(RunReport report) {
    this.report = report;
    spec = report.run().spec();
    evaluations = EvaluationWatch.summaries(report.evaluations());
  }

  /** A line for each run. */
  static String table(List<RunReport> runs, Instant now) {
    TextTable table = new TextTable().add(HEADER);
    runs.forEach(report -> table.add(new RunSummary(report).cells(now)));
    return table.text(0);
  }

  private String[] cells(Instant now) {
    Optional<Progress> progress = report.progress();
    return new String[] {
      spec.getRun(),
      spec.getLabel().isEmpty() ? NONE : spec.getLabel(),
      phase(),
      spec.getEnvironment().getId(),
      spec.getAlgorithm(),
      Long.toString(spec.getSeed()),
      progress.map(p -> Numbers.count(p.getRunSteps())).orElse(NONE),
      progress.map(p -> Numbers.count(p.getUpdates())).orElse(NONE),
      best().map(evaluated -> Numbers.mean(evaluated.mean())).orElse(NONE),
      last().map(evaluated -> Numbers.mean(evaluated.mean())).orElse(NONE),
      progress.map(p -> Long.toString(p.getGeneration())).orElse(NONE),
      RunTimes.text(spec.getCreatedAtMicros()),
      progress.map(p -> RunTimes.ago(p.getAtMicros(), now)).orElse(NONE),
    };
  }

  /** The same by name, for JSON: what there is none of is null. */
  Map<String, @Nullable Object> json() {
    Map<String, @Nullable Object> json = new LinkedHashMap<>();
    Progress progress = report.progress().orElse(null);
    json.put("run", spec.getRun());
    json.put("label", spec.getLabel());
    json.put("phase", phase());
    json.put("environment", spec.getEnvironment().getId());
    json.put("algorithm", spec.getAlgorithm());
    json.put("seed", spec.getSeed());
    json.put("steps", progress == null ? null : progress.getRunSteps());
    json.put("updates", progress == null ? null : progress.getUpdates());
    json.put("best", best().map(Evaluated::mean).orElse(null));
    json.put("last", last().map(Evaluated::mean).orElse(null));
    json.put("generation", progress == null ? null : progress.getGeneration());
    json.put("started", RunTimes.instant(spec.getCreatedAtMicros()).toString());
    json.put(
        "lastSignOfLife",
        progress == null ? null : RunTimes.instant(progress.getAtMicros()).toString());
    return json;
  }

  /** Where the run stands, in a word. */
  String phase() {
    return report.run().phase().name().toLowerCase(Locale.ROOT);
  }

  private Optional<Evaluated> best() {
    return Evaluations.best(evaluations);
  }

  private Optional<Evaluated> last() {
    return evaluations.stream().reduce((earlier, later) -> later);
  }
}
