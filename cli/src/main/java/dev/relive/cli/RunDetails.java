package dev.relive.cli;

import dev.relive.cli.display.Evaluations.Evaluated;
import dev.relive.cli.display.Numbers;
import dev.relive.log.Run;
import dev.relive.log.RunReports.RunReport;
import dev.relive.log.wire.PartitionRange;
import dev.relive.log.wire.Position;
import dev.relive.log.wire.Progress;
import dev.relive.log.wire.RunSpec;
import dev.relive.log.wire.RunState;
import dev.relive.log.wire.RunVerdict;
import dev.relive.log.wire.Setting;
import java.time.Instant;
import java.util.List;

/** All that a log tells of a run, for people. */
final class RunDetails {

  private static final int EVALUATIONS = 10;

  private final RunReport report;
  private final RunSpec spec;
  private final TextTable facts = new TextTable();

  private RunDetails(RunReport report) {
    this.report = report;
    spec = report.run().spec();
  }

  static String text(RunReport report, Instant now) {
    RunDetails details = new RunDetails(report);
    details.addState(now);
    details.addTask();
    report.progress().ifPresent(details::addProgress);
    details.addExperience();
    TextTable settings = new TextTable();
    report
        .run()
        .spec()
        .getSettingsList()
        .forEach(each -> settings.add(each.getName(), each.getValue()));
    return "%s%n%n%s%nSettings%n%s%s"
        .formatted(report.run(), details.facts.text(2), settings.text(2), details.evaluations());
  }

  private void addState(Instant now) {
    RunState state = report.run().state();
    String reason = state == null || state.getReason().isEmpty() ? "" : ": " + state.getReason();
    facts.add("phase", new RunSummary(report).phase() + reason);
    RunVerdict verdict = report.run().verdict();
    if (verdict != null) {
      facts.add(
          "verdict",
          "version %d of step %s: mean return %s, and %s on fresh seeds, of %s"
              .formatted(
                  verdict.getVersion(),
                  Numbers.count(verdict.getRunSteps()),
                  Numbers.mean(verdict.getMeanReturn()),
                  Numbers.mean(verdict.getConfirmedMeanReturn()),
                  Numbers.mean(verdict.getThreshold())));
    }
    facts.add("started", RunTimes.text(spec.getCreatedAtMicros()) + " UTC");
    report
        .progress()
        .ifPresent(
            progress ->
                facts.add(
                    "last sign of life",
                    "%s UTC, %s, by generation %d"
                        .formatted(
                            RunTimes.text(progress.getAtMicros()),
                            RunTimes.ago(progress.getAtMicros(), now),
                            progress.getGeneration())));
  }

  private void addTask() {
    facts.add("environment", spec.getEnvironment().getId());
    list(spec.getEnvironment().getOptionsList(), "environment option");
    facts.add(
        "algorithm", spec.getAlgorithm() + (spec.getDeterministic() ? ", deterministic" : ""));
    facts.add("seed", Long.toString(spec.getSeed()));
    list(spec.getVersionsList(), "learned with");
  }

  private void list(List<Setting> settings, String label) {
    settings.forEach(each -> facts.add(label, each.getName() + " " + each.getValue()));
  }

  private void addProgress(Progress progress) {
    facts.add(
        "learned",
        "%s steps of %s segments, in %s updates"
            .formatted(
                Numbers.count(progress.getRunSteps()),
                Numbers.count(progress.getSegments()),
                Numbers.count(progress.getUpdates())));
    addVersion("policy", progress.getPolicyVersion(), progress.getPolicy());
    addVersion("snapshot", progress.getSnapshotVersion(), progress.getSnapshot());
    addVersion("checkpoint", progress.getCheckpointOrdinal(), progress.getCheckpoint());
    if (progress.hasNextSegment()) {
      facts.add("next segment", place(progress.getNextSegment()));
    }
  }

  private void addVersion(String what, long number, Position position) {
    if (number > 0) {
      facts.add(what, number + ", at " + place(position));
    }
  }

  private static String place(Position position) {
    String offset =
        "partition %d, offset %d".formatted(position.getPartition(), position.getOffset());
    return position.getTopic().isEmpty() ? offset : position.getTopic() + ", " + offset;
  }

  private void addExperience() {
    if (Run.learnsFromAnother(spec)) {
      facts.add("source run", spec.getSourceRun());
    }
    for (PartitionRange range : spec.getPartitionsList()) {
      String end = range.hasEndOffset() ? " to " + range.getEndOffset() : "";
      facts.add(
          "experience",
          "stream %s, partition %d, from offset %d%s"
              .formatted(spec.getStream(), range.getPartition(), range.getFirstOffset(), end));
    }
    if (spec.getSourceSnapshot() > 0) {
      facts.add("first weights", "version " + spec.getSourceSnapshot() + " of the source run");
    }
    list(spec.getFiltersList(), "filter");
  }

  /** The newest, a line each. */
  private String evaluations() {
    List<Evaluated> all = EvaluationWatch.summaries(report.evaluations());
    if (all.isEmpty()) {
      return "";
    }
    TextTable table = new TextTable().add("version", "step", "mean return");
    for (Evaluated each : all.subList(Math.max(0, all.size() - EVALUATIONS), all.size())) {
      table.add(
          Long.toString(each.version()),
          Numbers.count(each.steps()),
          Numbers.mean(each.mean()) + " ± " + Numbers.mean(each.deviation()));
    }
    String which = all.size() > EVALUATIONS ? ", the last of " + all.size() : "";
    return "%nEvaluations%s%n%s".formatted(which, table.text(2));
  }
}
