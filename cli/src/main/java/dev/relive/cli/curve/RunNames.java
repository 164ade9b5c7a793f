package dev.relive.cli.curve;

import dev.relive.log.RunReports.RunReport;
import java.util.List;

/** What runs are called beside one another: by their labels where these tell them apart. */
public final class RunNames {

  private RunNames() {}

  /** A name for each, in the same order. */
  public static List<String> of(List<RunReport> runs) {
    return runs.stream().map(each -> name(each, runs)).toList();
  }

  private static String name(RunReport report, List<RunReport> runs) {
    String label = report.run().label();
    if (label.isEmpty()) {
      return report.run().id();
    }
    boolean isAlone =
        runs.stream()
            .filter(other -> !other.run().id().equals(report.run().id()))
            .noneMatch(other -> other.run().label().equals(label));
    return isAlone ? label : "%s (%s)".formatted(label, report.run().id());
  }
}
