package dev.relive.cli;

import static java.util.stream.Collectors.joining;

import dev.relive.cli.display.Numbers;
import dev.relive.log.Column;
import dev.relive.log.PolicyVersions;
import dev.relive.log.Segment;
import dev.relive.log.SegmentRecord;
import java.io.PrintStream;
import java.time.Instant;
import java.util.Locale;

/** Segments for people: a line each, and their transitions below it where these are wanted. */
final class SegmentText implements SegmentPrinter {

  private static final String FORMAT = "%-10s  %-19s  %8s  %8s  %-13s  %-10s  %9s  %-9s  %9s  %s%n";

  private final PrintStream out;
  private final boolean values;
  private boolean begun;

  SegmentText(PrintStream out, boolean values) {
    this.out = out;
    this.values = values;
  }

  @Override
  public void print(SegmentRecord record) {
    if (!begun) {
      begun = true;
      out.printf(
          FORMAT,
          "OFFSET",
          "TIME",
          "SEQUENCE",
          "EPISODE",
          "STEPS",
          "END",
          "REWARD",
          "POLICIES",
          "BYTES",
          "LANE");
    }
    Segment segment = record.segment();
    out.printf(
        FORMAT,
        record.partition() + "/" + record.offset(),
        RunTimes.text(Instant.ofEpochMilli(record.appendedAtMillis())),
        segment.sequence(),
        segment.episode(),
        segment.length() == 0 ? "none" : segment.firstStep() + "–" + (segment.nextStep() - 1),
        segment.end().name().toLowerCase(Locale.ROOT),
        Numbers.significant(reward(segment)),
        versions(segment.policyVersions()),
        Numbers.bytes(record.bytes()),
        segment.lane());
    if (values) {
      printValues(segment);
    }
  }

  private static double reward(Segment segment) {
    double sum = 0;
    for (int step = 0; step < segment.length(); step++) {
      sum += ColumnElements.row(segment.rewards(), step).get(0).doubleValue();
    }
    return sum;
  }

  private static String versions(PolicyVersions versions) {
    int count = versions.count();
    if (count == 0) {
      return "–";
    }
    long first = versions.version(0);
    long last = versions.version(count - 1);
    return first == last ? Long.toString(first) : first + "–" + last;
  }

  private void printValues(Segment segment) {
    TextTable table =
        new TextTable().add("step", "observation", "action", "reward", "probability", "policy");
    Column probabilities = segment.behaviourProbabilities();
    for (int step = 0; step < segment.length(); step++) {
      table.add(
          Long.toString(segment.firstStep() + step),
          row(segment.observations(), step),
          row(segment.actions(), step),
          row(segment.rewards(), step),
          probabilities == null ? "–" : row(probabilities, step),
          Long.toString(segment.policyVersions().at(step)));
    }
    table.add("", row(segment.observations(), segment.length()), "", "", "", "");
    out.print(table.text(2));
  }

  private static String row(Column column, int row) {
    String elements =
        ColumnElements.row(column, row).stream().map(Number::toString).collect(joining(" "));
    return ColumnElements.isScalar(column) ? elements : "[" + elements + "]";
  }
}
