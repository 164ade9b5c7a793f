package dev.relive.cli;

import dev.relive.cli.curve.RunNames;
import dev.relive.log.RunReports.RunReport;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Runs side by side: what differs between them, and how they went. */
final class RunComparison {

  private static final String NONE = "–";

  private final List<RunReport> runs;

  RunComparison(List<RunReport> runs) {
    this.runs = List.copyOf(runs);
  }

  /** For people. */
  String text() {
    Map<String, List<String>> differences = differences();
    String different =
        differences.isEmpty()
            ? "Nothing differs in what was decided when they began.\n"
            : "What differs\n" + table(differences);
    return different + "\nHow they went\n" + table(course());
  }

  private String table(Map<String, List<String>> rows) {
    TextTable table = new TextTable().add(row("", RunNames.of(runs)));
    rows.forEach((name, values) -> table.add(row(name, values)));
    return table.text(2);
  }

  private static String[] row(String name, List<String> values) {
    List<String> cells = new ArrayList<>(values);
    cells.add(0, name);
    return cells.toArray(String[]::new);
  }

  /** For programs: the runs in their order, and the values of what differs in the same order. */
  Map<String, @Nullable Object> json() {
    Map<String, @Nullable Object> json = new LinkedHashMap<>();
    json.put("runs", runs.stream().map(report -> new RunCourse(report).json()).toList());
    json.put("differences", differences(null));
    return json;
  }

  private Map<String, List<String>> differences() {
    Map<String, List<String>> differences = new LinkedHashMap<>();
    differences(NONE)
        .forEach(
            (name, values) -> differences.put(name, values.stream().map(String::valueOf).toList()));
    return differences;
  }

  /**
   * What the runs have different values of.
   *
   * @param absent stands for what a run has no value of
   */
  private Map<String, List<@Nullable String>> differences(@Nullable String absent) {
    List<Map<String, String>> traits =
        runs.stream().map(report -> RunTraits.of(report.run().spec())).toList();
    Set<String> names = new LinkedHashSet<>();
    traits.forEach(each -> names.addAll(each.keySet()));
    Map<String, List<@Nullable String>> differences = new LinkedHashMap<>();
    for (String name : names) {
      List<@Nullable String> values = new ArrayList<>();
      for (Map<String, String> each : traits) {
        String value = each.get(name);
        values.add(value == null ? absent : value);
      }
      if (new LinkedHashSet<>(values).size() > 1) {
        differences.put(name, values);
      }
    }
    return differences;
  }

  private Map<String, List<String>> course() {
    Map<String, List<String>> course = new LinkedHashMap<>();
    for (RunReport report : runs) {
      new RunCourse(report)
          .words()
          .forEach(
              (name, value) -> course.computeIfAbsent(name, key -> new ArrayList<>()).add(value));
    }
    return course;
  }
}
