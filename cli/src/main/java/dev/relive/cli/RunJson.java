package dev.relive.cli;

import dev.relive.evaluator.EvaluationSummary;
import dev.relive.log.RunReports.RunReport;
import dev.relive.log.Settings;
import dev.relive.log.wire.Evaluation;
import dev.relive.log.wire.PartitionRange;
import dev.relive.log.wire.Position;
import dev.relive.log.wire.Progress;
import dev.relive.log.wire.RunSpec;
import dev.relive.log.wire.RunState;
import dev.relive.log.wire.RunVerdict;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** What a log tells of its runs, for programs. What does not apply is null; times are ISO 8601. */
final class RunJson {

  private RunJson() {}

  /** An array of runs. */
  static String list(List<RunReport> runs) {
    return Json.text(runs.stream().map(report -> new RunSummary(report).json()).toList());
  }

  /** All of one run: what the list has of it, and more. */
  static String one(RunReport report) {
    RunSpec spec = report.run().spec();
    RunState state = report.run().state();
    Map<String, @Nullable Object> json = new RunSummary(report).json();
    json.put("reason", state == null ? null : state.getReason());
    json.put("verdict", verdict(report.run().verdict()));
    json.put("deterministic", spec.getDeterministic());
    json.put("environmentOptions", Settings.of(spec.getEnvironment().getOptionsList()).asMap());
    json.put("settings", Settings.of(spec.getSettingsList()).asMap());
    json.put("versions", Settings.of(spec.getVersionsList()).asMap());
    json.put("stream", spec.getStream());
    json.put("partitions", spec.getPartitionsList().stream().map(RunJson::partition).toList());
    json.put("sourceRun", spec.getSourceRun().isEmpty() ? null : spec.getSourceRun());
    json.put("sourceSnapshot", spec.getSourceSnapshot() == 0 ? null : spec.getSourceSnapshot());
    json.put("filters", Settings.of(spec.getFiltersList()).asMap());
    json.put("progress", report.progress().map(RunJson::progress).orElse(null));
    json.put("evaluations", report.evaluations().stream().map(RunJson::evaluation).toList());
    return Json.text(json);
  }

  private static @Nullable Map<String, Object> verdict(@Nullable RunVerdict verdict) {
    if (verdict == null) {
      return null;
    }
    Map<String, Object> json = new LinkedHashMap<>();
    json.put("version", verdict.getVersion());
    json.put("steps", verdict.getRunSteps());
    json.put("mean", verdict.getMeanReturn());
    json.put("confirmedMean", verdict.getConfirmedMeanReturn());
    json.put("threshold", verdict.getThreshold());
    return json;
  }

  static Map<String, @Nullable Object> partition(PartitionRange range) {
    Map<String, @Nullable Object> json = new LinkedHashMap<>();
    json.put("partition", range.getPartition());
    json.put("firstOffset", range.getFirstOffset());
    json.put("endOffset", range.hasEndOffset() ? range.getEndOffset() : null);
    return json;
  }

  private static Map<String, @Nullable Object> progress(Progress progress) {
    Map<String, @Nullable Object> json = new LinkedHashMap<>();
    json.put("segments", progress.getSegments());
    json.put("policyVersion", progress.getPolicyVersion());
    json.put("policy", progress.hasPolicy() ? position(progress.getPolicy()) : null);
    json.put("snapshotVersion", progress.getSnapshotVersion());
    json.put("snapshot", progress.hasSnapshot() ? position(progress.getSnapshot()) : null);
    json.put("checkpointOrdinal", progress.getCheckpointOrdinal());
    json.put("checkpoint", progress.hasCheckpoint() ? position(progress.getCheckpoint()) : null);
    json.put("nextSegment", progress.hasNextSegment() ? position(progress.getNextSegment()) : null);
    return json;
  }

  private static Map<String, Object> position(Position position) {
    Map<String, Object> json = new LinkedHashMap<>();
    json.put("topic", position.getTopic());
    json.put("partition", position.getPartition());
    json.put("offset", position.getOffset());
    return json;
  }

  private static Map<String, Object> evaluation(Evaluation evaluation) {
    EvaluationSummary summary = EvaluationSummary.of(evaluation);
    Map<String, Object> json = new LinkedHashMap<>();
    json.put("version", summary.version());
    json.put("steps", summary.runSteps());
    json.put("evaluator", evaluation.getEvaluator());
    json.put("greedy", summary.greedy());
    json.put("confirmation", summary.confirmation());
    json.put("episodes", summary.episodes());
    json.put("mean", summary.mean());
    json.put("deviation", summary.standardDeviation());
    json.put("median", summary.median());
    json.put("min", summary.least());
    json.put("max", summary.most());
    json.put("confidenceLow", summary.interval().low());
    json.put("confidenceHigh", summary.interval().high());
    return json;
  }
}
