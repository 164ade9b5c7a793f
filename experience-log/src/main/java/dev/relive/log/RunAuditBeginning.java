package dev.relive.log;

import dev.relive.log.Finding.Place;
import dev.relive.log.TopicReports.Kind;
import dev.relive.log.TopicReports.PartitionReport;
import dev.relive.log.TopicReports.TopicReport;
import dev.relive.log.wire.CheckpointState;
import dev.relive.log.wire.PartitionRange;
import dev.relive.log.wire.Position;
import dev.relive.log.wire.Progress;
import dev.relive.log.wire.RunSpec;
import java.util.List;
import java.util.Map;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * Begins the audit of runs: sees whether all that they wrote is still there, and whether their
 * learners could go on from their checkpoints.
 */
final class RunAuditBeginning {
  private final LogConnection connection;
  private final AuditRequest request;
  private final List<TopicReport> reports;
  private final Findings findings;
  private final TopicCatalogue topics;
  private final Supplier<Map<String, Progress>> latestProgress;

  /**
   * @param latestProgress reads the newest Progress of every run
   */
  RunAuditBeginning(
      LogConnection connection,
      AuditRequest request,
      List<TopicReport> reports,
      Findings findings,
      Supplier<Map<String, Progress>> latestProgress) {
    this.connection = connection;
    this.request = request;
    this.reports = reports;
    this.findings = findings;
    this.topics = connection.topics();
    this.latestProgress = latestProgress;
  }

  /**
   * All that is to be checked of a run; what can be told before its experience is read is told.
   *
   * @param progress what was found of its Progress; null where there is none
   */
  RunAudit audit(Run run, @Nullable ProgressAudit progress) {
    RunSpec spec = run.spec();
    ProgressAudit known = progress == null ? new ProgressAudit(findings) : progress;
    Progress newest = known.newest();
    boolean whole = isWhole(spec);
    CheckpointState checkpoint = newest == null ? null : checkpoint(spec, newest);
    boolean comparable = whole && spec.getPartitionsCount() == 1 && spec.getSourceRun().isEmpty();
    if (!comparable && newest != null) {
      findings.add(
          FindingKind.NOT_PROVEN,
          Place.ofRun(run.id()),
          "What run %s says that it has ingested cannot be counted again: %s."
              .formatted(run.id(), whyNotComparable(spec, whole)));
    }
    IngestedCheck ingested =
        new IngestedCheck(comparable ? newest : null, comparable ? checkpoint : null, findings);
    return new RunAudit(
        run,
        known,
        new RunExperience(
            spec, topics.experience(spec.getStream()).name(), whole, ingested, findings),
        new WeightsAudit(run.id(), newest, request.weightsFault(), findings),
        new EvaluationAudit(run.id(), findings));
  }

  private static String whyNotComparable(RunSpec spec, boolean whole) {
    if (!whole) {
      return "its beginning was deleted";
    }
    return spec.getSourceRun().isEmpty()
        ? "it has several partitions, whose segments have no one order"
        : "it learned from run " + spec.getSourceRun();
  }

  /** Whether all that the run ever wrote is still there; says so where it is not. */
  private boolean isWhole(RunSpec spec) {
    boolean whole = true;
    for (PartitionRange range : spec.getPartitionsList()) {
      PartitionReport partition = partition(spec.getStream(), range.getPartition());
      if (partition != null && partition.begin() > range.getFirstOffset()) {
        whole = false;
        findings.add(
            FindingKind.DELETED,
            Place.ofPartition(
                spec.getRun(), topics.experience(spec.getStream()).name(), range.getPartition()),
            "Run %s begins at offset %d of partition %d, and what stood there before offset %d was deleted."
                .formatted(
                    spec.getRun(),
                    range.getFirstOffset(),
                    range.getPartition(),
                    partition.begin()));
      }
    }
    return whole;
  }

  private @Nullable PartitionReport partition(String stream, int number) {
    return reports.stream()
        .filter(report -> report.kind() == Kind.EXPERIENCE && report.isOf(stream))
        .flatMap(report -> report.partitions().stream())
        .filter(partition -> partition.partition() == number)
        .findFirst()
        .orElse(null);
  }

  private @Nullable CheckpointState checkpoint(RunSpec spec, Progress newest) {
    try {
      CheckpointState state = Checkpoints.newest(connection, newest).orElse(null);
      if (state != null) {
        checkWindow(spec, state);
        return state.toBuilder().clearTensors().clearProgressed().build();
      }
    } catch (LogException e) {
      if (latestProgress.get().getOrDefault(spec.getRun(), newest).getCheckpointOrdinal()
          == newest.getCheckpointOrdinal()) {
        findings.add(
            FindingKind.CHECKPOINT, Place.ofRun(spec.getRun()), String.valueOf(e.getMessage()));
      } // else a newer one has replaced it meanwhile
    }
    return null;
  }

  private void checkWindow(RunSpec spec, CheckpointState state) {
    Position start = state.getWindowStart();
    PartitionReport partition = partition(spec.getStream(), start.getPartition());
    if (state.hasWindowStart() && partition != null && start.getOffset() < partition.begin()) {
      findings.add(
          FindingKind.CHECKPOINT,
          Place.ofRun(spec.getRun()),
          "Checkpoint %d of run %s goes on from offset %d of partition %d, and what stood there before offset %d was deleted."
              .formatted(
                  state.getOrdinal(),
                  spec.getRun(),
                  start.getOffset(),
                  start.getPartition(),
                  partition.begin()));
    }
  }
}
