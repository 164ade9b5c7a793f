package dev.relive.cli;

import static java.util.stream.Collectors.joining;

import dev.relive.cli.display.Numbers;
import dev.relive.log.AuditReport;
import dev.relive.log.AuditReport.RunAccount;
import dev.relive.log.Finding;
import dev.relive.log.FindingKind;
import dev.relive.log.RejectionReason;
import java.io.PrintStream;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;

/** What an audit found, for people: a table of runs, the first findings of each kind, a verdict. */
final class AuditText implements AuditOutput {

  private static final int SHOWN = 10;

  private final PrintStream out;
  private final Map<FindingKind, List<String>> shown = new EnumMap<>(FindingKind.class);

  AuditText(PrintStream out) {
    this.out = out;
  }

  @Override
  public void found(Finding finding) {
    List<String> sentences = shown.computeIfAbsent(finding.kind(), kind -> new ArrayList<>());
    if (sentences.size() < SHOWN) {
      sentences.add(finding.sentence());
    }
  }

  @Override
  public void end(AuditReport report) {
    if (!report.runs().isEmpty()) {
      out.print(table(report.runs()));
      out.println();
    }
    shown.forEach((kind, sentences) -> print(kind, sentences, count(report, kind)));
    out.println(verdict(report));
  }

  private static long count(AuditReport report, FindingKind kind) {
    return report.findings().getOrDefault(kind, 0L);
  }

  private static String table(List<RunAccount> runs) {
    TextTable table =
        new TextTable()
            .add(
                "RUN",
                "SEGMENTS",
                "STEPS",
                "EPOCHS",
                "OPEN",
                "GAPS",
                "DUPLICATES",
                "MISFITS",
                "SNAPSHOTS",
                "EVALUATED",
                "FAILURES");
    for (RunAccount run : runs) {
      table.add(
          run.run().toString(),
          Numbers.count(run.segments()),
          Numbers.count(run.steps()),
          Numbers.count(run.epochs()),
          Numbers.count(run.openEpochs()),
          Numbers.count(run.gaps()),
          Numbers.count(run.duplicates()),
          Numbers.count(run.misfits()),
          Numbers.count(run.snapshots()),
          Numbers.count(run.evaluations()),
          Numbers.count(run.failures()));
    }
    return table.text(0);
  }

  private void print(FindingKind kind, List<String> sentences, long count) {
    out.printf(
        "%s, %s: %s%n", kind.isFailure() ? "FAILURE" : "note", kind.plural(), Numbers.count(count));
    sentences.forEach(sentence -> out.println("  " + sentence));
    if (count > sentences.size()) {
      out.printf("  … and %s more; --json lists all%n", Numbers.count(count - sentences.size()));
    }
    out.println();
  }

  private static String verdict(AuditReport report) {
    StringBuilder verdict = new StringBuilder();
    long segments = report.runs().stream().mapToLong(RunAccount::segments).sum();
    long steps = report.runs().stream().mapToLong(RunAccount::steps).sum();
    if (report.acknowledged() > 0) {
      verdict.append(
          "Of %s acknowledged segments %s are in the log. "
              .formatted(
                  Numbers.count(report.acknowledged()),
                  report.lost() == 0 ? "all" : "all but " + Numbers.count(report.lost())));
    }
    if (!report.rejected().isEmpty()) {
      verdict.append(
          "Unusable: %s; copies of them: %s. "
              .formatted(reasons(report.rejected()), reasons(report.copies())));
    }
    return verdict
        .append(
            report.holds()
                ? "The log holds: %s segments with %s steps of %s, nothing lost, nothing damaged."
                    .formatted(
                        Numbers.count(segments), Numbers.count(steps), runs(report.runs().size()))
                : "The log does not hold: %s found lost or damaged."
                    .formatted(things(report.failures())))
        .toString();
  }

  private static String runs(int count) {
    return count == 1 ? "1 run" : Numbers.count(count) + " runs";
  }

  private static String things(long count) {
    return count == 1 ? "1 thing was" : Numbers.count(count) + " things were";
  }

  private static String reasons(Map<RejectionReason, Long> counts) {
    return counts.isEmpty()
        ? "none"
        : new EnumMap<>(counts)
            .entrySet().stream()
                .map(each -> Numbers.count(each.getValue()) + " " + each.getKey().label())
                .collect(joining(", "));
  }

  @Override
  public void close() {
    out.flush();
  }
}
