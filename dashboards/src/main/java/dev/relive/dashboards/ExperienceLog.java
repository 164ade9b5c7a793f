package dev.relive.dashboards;

import static dev.relive.dashboards.PromQl.byRun;
import static dev.relive.dashboards.PromQl.inEnvironment;
import static dev.relive.dashboards.PromQl.ofTheirProcesses;
import static dev.relive.dashboards.PromQl.rate;
import static dev.relive.dashboards.PromQl.rateByRun;
import static dev.relive.dashboards.PromQl.sum;

import dev.relive.dashboards.Dashboard.Row;
import dev.relive.service.Meter;
import java.util.List;

/** What goes into the log, what comes out, who waits for whom, and whether anything is lost. */
final class ExperienceLog {
  private ExperienceLog() {}

  static Dashboard dashboard() {
    return new Dashboard(
        "experience-log",
        "Relive: experience log",
        "What goes into the log and comes out, who waits for whom, and whether anything is lost.",
        List.of(through(), flow(), promises(), episodes(), disk()));
  }

  private static Row through() {
    return new Row(
        "In and out",
        Panel.lines("Segments", "ops", "Segments per second, acknowledged by Kafka and read.")
            .query(inEnvironment(rateByRun(Meter.PRODUCER_SEGMENTS_ACKNOWLEDGED)), "{{run}} in")
            .query(inEnvironment(rateByRun(Meter.LEARNER_SEGMENTS_READ)), "{{run}} out"),
        Panel.lines("Bytes", "Bps", "Bytes of their records per second, before compression.")
            .query(inEnvironment(rateByRun(Meter.PRODUCER_ACKNOWLEDGED_BYTES)), "{{run}} in")
            .query(inEnvironment(rateByRun(Meter.LEARNER_READ_BYTES)), "{{run}} out"),
        Panel.lines("In flight", "short", "Segments handed to Kafka and not acknowledged yet.")
            .query(
                inEnvironment(PromQl.of(Meter.PRODUCER_SEGMENTS_IN_FLIGHT)), "{{run}} {{actor}}"));
  }

  private static Row flow() {
    return new Row(
        "Flow control",
        Panel.lines(
                "Credit",
                "short",
                "Transitions that producers may make before the learner ingests more.")
            .query(inEnvironment(PromQl.of(Meter.PRODUCER_CREDIT_STEPS)), "{{run}} {{actor}}"),
        Panel.lines(
                "Producers wait",
                "percentunit",
                "Part of the time in which environments stood still, by what was waited for.")
            .query(
                inEnvironment(
                    sum("run, actor, reason", rate(PromQl.of(Meter.PRODUCER_WAITING_SECONDS)))),
                "{{run}} {{actor}} {{reason}}"),
        Panel.lines(
                "Learner waits",
                "percentunit",
                "Part of the time in which training waited for segments.")
            .query(inEnvironment(rateByRun(Meter.LEARNER_WAITING_SECONDS)), "{{run}}"),
        Panel.lines("Lead", "short", "Transitions that producers are ahead of what is ingested.")
            .query(inEnvironment(PromQl.of(Meter.PRODUCER_LEAD_STEPS)), "{{run}} {{actor}}"),
        Panel.lines(
                "Learner's lag",
                "short",
                "Records of the log not fetched yet. ReliveLearnerBehind fires above the line.")
            .redFrom(Thresholds.LAG_RECORDS)
            .query(inEnvironment(byRun(Meter.LEARNER_LOG_LAG_RECORDS)), "{{run}}"),
        Panel.lines(
                "Commit time",
                "s",
                "Mean time of the learner's transactions, which carry weights and progress.")
            .query(
                inEnvironment(
                    rateByRun(Meter.LEARNER_TRANSACTION_SECONDS)
                        + " / "
                        + rateByRun(Meter.LEARNER_TRANSACTIONS)),
                "{{run}}"));
  }

  private static Row promises() {
    return new Row(
        "Promises",
        Panel.number(
                "Missing segments",
                "short",
                "Segments missing from the log, in the time shown. Any is a loss:"
                    + " ReliveSegmentsMissing.")
            .sized(8, 5)
            .redFrom(1)
            .query(inEnvironment(increase(Meter.LEARNER_SEGMENTS_MISSING)), "{{run}}"),
        Panel.number(
                "Rejected records",
                "short",
                "Records that cannot be used, in the time shown: ReliveRecordsRejected.")
            .sized(8, 5)
            .redFrom(1)
            .query(inEnvironment(increase(Meter.LEARNER_RECORDS_REJECTED)), "{{run}}"),
        Panel.number(
                "Duplicates dropped",
                "short",
                "Segments that came twice and were ingested once, in the time shown.")
            .sized(8, 5)
            .query(inEnvironment(increase(Meter.LEARNER_SEGMENTS_DUPLICATE)), "{{run}}"),
        Panel.lines(
                "Time since the last evaluation",
                "s",
                "ReliveEvaluatorBehind fires above the line where there is a newer snapshot.")
            .redFrom(Thresholds.EVALUATION_AGE)
            .query(
                inEnvironment("(time() - " + byRun(Meter.EVALUATOR_LAST_TIMESTAMP_SECONDS) + ")"),
                "{{run}}"),
        Panel.lines("Episodes abandoned", "short", "Episodes that broke off, in the time shown.")
            .query(inEnvironment(increase(Meter.PRODUCER_EPISODES_ABANDONED)), "{{run}}"),
        Panel.lines(
                "Transactions repeated", "short", "Transactions of the learner, in the time shown.")
            .query(inEnvironment(increase(Meter.LEARNER_TRANSACTION_RETRIES)), "{{run}}"));
  }

  private static Row episodes() {
    return new Row(
        "Episodes, as the log tells",
        Panel.lines("Episodes", "ops", "Episodes of training that ended per second, by how.")
            .query(
                inEnvironment(sum("run, end", rate(PromQl.of(Meter.EPISODES_ENDED)))),
                "{{run}} {{end}}"),
        Panel.lines("Open episodes", "short", "Episodes of training that have begun and not ended.")
            .query(inEnvironment(sum("run", PromQl.of(Meter.EPISODES_OPEN))), "{{run}}"),
        Panel.lines(
                "Lag of the episodes",
                "short",
                "Records of the stream that wait to be joined to episodes.")
            .query(ofTheirProcesses(PromQl.of(Meter.EPISODES_LOG_LAG_RECORDS)), "{{instance}}"));
  }

  private static String increase(Meter counter) {
    return sum("run", "increase(" + PromQl.of(counter) + "[$__range])");
  }

  private static Row disk() {
    return new Row(
        "Disk of the embedded Kafka",
        Panel.lines("Partitions", "bytes", "What the partitions take on disk.")
            .query(ofTheirProcesses(PromQl.of(Meter.BROKER_LOG_BYTES)), "{{topic}}-{{partition}}"),
        Panel.lines("Growth", "Bps", "How fast the partitions grow.")
            .query(
                ofTheirProcesses(
                    "deriv(" + PromQl.of(Meter.BROKER_LOG_BYTES) + "[$__rate_interval])"),
                "{{topic}}-{{partition}}"),
        Panel.lines(
                "Free disk by the floor",
                "short",
                "Free space by the floor below which no experience is taken. ReliveDiskLow fires"
                    + " below the line, ReliveDiskFull below 1.")
            .redBelow(Thresholds.FREE_DISK_BY_FLOOR)
            .query(
                ofTheirProcesses(
                    PromQl.of(Meter.BROKER_FREE_DISK_BYTES)
                        + " / "
                        + PromQl.of(Meter.BROKER_FREE_DISK_FLOOR_BYTES)),
                "{{instance}}"));
  }
}
