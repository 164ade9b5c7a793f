package dev.relive.log;

import dev.relive.log.AcknowledgedSegments.ActorEpoch;
import dev.relive.log.Finding.Place;
import dev.relive.log.TopicReports.TopicReport;
import dev.relive.log.wire.Progress;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * Proves what a log holds, or names what is lost, damaged or contradicts itself. Every topic is
 * read once; memory is bounded by the runs, their actors and lanes. Nothing in the log is changed.
 *
 * <pre>
 *   runs ─▶ Progress, checkpoints ─▶ the streams' ends ─▶ copies of what was rejected ─▶ experience
 *                ─▶ evaluations ─▶ policies, snapshots ─▶ Progress again
 * </pre>
 *
 * <p>The order lets it read a log that grows: whatever a record refers to was written before it, so
 * it is read after it, and what a learner says that it has read lies before the ends.
 */
public final class LogAudit {
  private final LogAdmin admin;
  private final LogConnection connection;
  private final AuditRequest request;
  private final AuditListener listener;
  private final Findings findings;
  private final TopicCatalogue topics;
  private final List<TopicReport> reports;
  private final SharedTopicReader reader;
  private final Map<String, RunAudit> audits = new LinkedHashMap<>();
  private final Map<RejectionReason, Long> rejected = new EnumMap<>(RejectionReason.class);
  private final Map<RejectionReason, Long> copied = new EnumMap<>(RejectionReason.class);

  private LogAudit(
      LogAdmin admin, AuditRequest request, List<TopicReport> reports, AuditListener listener) {
    this.admin = admin;
    this.connection = admin.connection();
    this.request = request;
    this.reports = reports;
    this.listener = listener;
    this.findings = new Findings(listener);
    this.topics = connection.topics();
    this.reader = new SharedTopicReader(connection, reports, findings, listener);
  }

  /**
   * Audits what a log holds now.
   *
   * @throws LogException if there is no such stream or run, or the log cannot be read
   */
  public static AuditReport of(LogAdmin admin, AuditRequest request, AuditListener listener) {
    List<TopicReport> reports = new TopicReports(admin).read();
    return new LogAudit(admin, request, reports, listener).audit();
  }

  private AuditReport audit() {
    RunTable table = runTable();
    List<Run> all = table.runs();
    Run chosen = request.run().map(name -> choose(name, all)).orElse(null);
    Map<String, ProgressAudit> progress = progress(chosen);
    List<TopicReport> streams = streams(chosen);
    RunAuditBeginning beginnings =
        new RunAuditBeginning(connection, request, reports, findings, this::latestProgress);
    for (Run run : chosen == null ? all : List.of(chosen)) {
      if (streams.stream().anyMatch(stream -> stream.isOf(run.spec().getStream()))) {
        audits.put(run.id(), beginnings.audit(run, progress.get(run.id())));
      }
    }
    Map<String, Run> specs = new HashMap<>();
    all.forEach(run -> specs.put(run.id(), run));
    Set<String> remains = table.withoutSpec();
    progress.keySet().stream().filter(id -> !specs.containsKey(id)).forEach(remains::add);
    streams.forEach(stream -> readStream(stream, chosen, specs, remains));
    readEvaluations();
    readWeights();
    Map<String, Progress> latest = latestProgress();
    boolean policiesExpire = setting(topics.policies(), "cleanup.policy").contains("delete");
    audits.forEach(
        (id, run) ->
            run.end(latest.getOrDefault(id, Progress.getDefaultInstance()), policiesExpire));
    long lost = request.acknowledged().map(this::findLost).orElse(0L);
    return new AuditReport(
        audits.values().stream().map(run -> run.account(findings)).toList(),
        findings.counts(),
        rejected,
        copied,
        request.acknowledged().map(AcknowledgedSegments::count).orElse(0L),
        lost);
  }

  private RunTable runTable() {
    RunTable table = new RunTable(new RejectionCounters());
    reader.read(topics.runs(), record -> table.take(record.key(), record.value()));
    return table;
  }

  private static Run choose(String name, List<Run> all) {
    RunChoice choice = RunChoice.of(name);
    return choice.among(all).orElseThrow(() -> choice.none(all));
  }

  /** With their ends now, behind all that learners have said that they have read. */
  private List<TopicReport> streams(@Nullable Run chosen) {
    return TopicReports.streams(
        new TopicReports(admin).read(),
        request.stream().or(() -> Optional.ofNullable(chosen).map(run -> run.spec().getStream())));
  }

  private Map<String, ProgressAudit> progress(@Nullable Run chosen) {
    Map<String, ProgressAudit> byRun = new HashMap<>();
    reader.read(
        topics.progress(),
        RecordCodec.PROGRESS,
        (progress, place) -> {
          if (chosen == null || progress.getRun().equals(chosen.id())) {
            byRun
                .computeIfAbsent(progress.getRun(), run -> new ProgressAudit(findings))
                .add(progress, in(progress.getRun(), place));
          }
        });
    return byRun;
  }

  private static Place in(String run, Place place) {
    return new Place(run, null, null, null, null, place.topic(), place.partition(), place.offset());
  }

  private void readStream(
      TopicReport stream, @Nullable Run chosen, Map<String, Run> specs, Set<String> remains) {
    String name = stream.stream().orElseThrow();
    RejectedCopies copies = new RejectedCopies(stream.name(), findings);
    reader.copies(topics.rejected(name), copies::add);
    StreamAudit audit =
        new StreamAudit(
            stream,
            topics.experience(name),
            chosen == null ? null : chosen.id(),
            experience(name, specs),
            remains,
            request.acknowledged().orElse(null),
            copies,
            reader,
            findings,
            listener);
    audit.read(connection);
    audit.rejected().forEach((reason, count) -> rejected.merge(reason, count, Long::sum));
    copies.byReason().forEach((reason, count) -> copied.merge(reason, count, Long::sum));
  }

  /** What is checked of a run's segments in a stream; null where it has no spec for that stream. */
  private Function<String, @Nullable RunExperience> experience(
      String stream, Map<String, Run> specs) {
    return id -> {
      RunAudit audit = audits.get(id);
      Run run = specs.get(id);
      return audit == null || run == null || !run.spec().getStream().equals(stream)
          ? null
          : audit.experience();
    };
  }

  private void readEvaluations() {
    reader.read(
        topics.evaluations(),
        RecordCodec.EVALUATION,
        (evaluation, place) -> {
          RunAudit run = audits.get(evaluation.getRun());
          if (run != null) {
            run.evaluations().add(evaluation, in(evaluation.getRun(), place));
          }
        });
  }

  private void readWeights() {
    reader.read(
        topics.policies(),
        RecordCodec.POLICY,
        (policy, place) -> {
          RunAudit run = audits.get(policy.getRun());
          if (run != null) {
            run.weights().add(policy, in(policy.getRun(), place));
          }
        });
    reader.read(
        topics.snapshots(),
        RecordCodec.SNAPSHOT,
        (snapshot, place) -> {
          RunAudit run = audits.get(snapshot.getRun());
          if (run != null) {
            run.weights().add(snapshot, in(snapshot.getRun(), place));
          }
        });
  }

  private Map<String, Progress> latestProgress() {
    Map<String, Progress> latest = new HashMap<>();
    new SharedTopicReader(connection, reports, new Findings(ignoring(listener)), listener)
        .read(
            topics.progress(),
            RecordCodec.PROGRESS,
            (progress, place) -> latest.put(progress.getRun(), progress));
    return latest;
  }

  /** What is wrong with a topic that is read again has been found before. */
  private static AuditListener ignoring(AuditListener listener) {
    return new AuditListener() {
      @Override
      public void found(Finding finding) {}

      @Override
      public void reading(String topic, long done, long total) {
        listener.reading(topic, done, total);
      }
    };
  }

  private String setting(Topic topic, String setting) {
    return reports.stream()
        .filter(report -> report.name().equals(topic.name()))
        .map(report -> report.setting(setting))
        .findFirst()
        .orElse("");
  }

  private long findLost(AcknowledgedSegments acknowledged) {
    List<Long> lost = new ArrayList<>();
    acknowledged
        .missing()
        .forEach(
            (epoch, sequences) ->
                sequences.forEachStretch((first, last) -> lost.add(addLost(epoch, first, last))));
    return lost.stream().mapToLong(Long::longValue).sum();
  }

  private long addLost(ActorEpoch epoch, long first, long last) {
    RunAudit run = audits.get(epoch.run());
    boolean whole = run == null || run.experience().whole();
    String which =
        first == last ? "Segment %d".formatted(first) : "Segments %d to %d".formatted(first, last);
    findings.add(
        whole ? FindingKind.LOST : FindingKind.NOT_PROVEN,
        Place.ofEpoch(epoch.run(), epoch.actor(), epoch.epoch(), first),
        "%s of %s/%s@%x %s acknowledged and %s not in the log%s."
            .formatted(
                which,
                epoch.run(),
                epoch.actor(),
                epoch.epoch(),
                first == last ? "was" : "were",
                first == last ? "is" : "are",
                whole ? "" : ", whose beginning was deleted"));
    return whole ? last - first + 1 : 0;
  }
}
