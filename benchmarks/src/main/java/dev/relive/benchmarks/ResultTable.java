package dev.relive.benchmarks;

import com.fasterxml.jackson.databind.ObjectMapper;
import dev.relive.benchmarks.Row.Yardstick;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/** The rows as text for people and as JSON for programs. */
record ResultTable(List<Row> rows) {
  private static final List<String> HEADINGS =
      List.of("what", "unit", "ours", "limit or peer", "its", "ratio", "target");

  /** Columns that hold words; the others hold numbers and are aligned to the right. */
  private static final List<Integer> WORDS = List.of(0, 1, 3);

  /** Numbers below it are shown with a decimal. */
  private static final double SMALL = 100;

  ResultTable {
    rows = List.copyOf(rows);
  }

  /** A line of headings and one for each row, in columns. */
  String text() {
    List<List<String>> lines = new ArrayList<>(List.of(HEADINGS));
    rows.forEach(row -> lines.add(cells(row)));
    StringBuilder text = new StringBuilder();
    for (List<String> line : lines) {
      StringBuilder padded = new StringBuilder();
      for (int column = 0; column < line.size(); column++) {
        int width = width(lines, column);
        String format = WORDS.contains(column) ? "%-" + width + "s  " : "%" + width + "s  ";
        padded.append(String.format(Locale.ROOT, format, line.get(column)));
      }
      text.append(padded.toString().stripTrailing()).append(System.lineSeparator());
    }
    return text.toString();
  }

  /** Medians as in the text, and the speed of every round. */
  void writeJson(Path file) throws IOException {
    List<Map<String, Object>> values = rows.stream().map(ResultTable::values).toList();
    new ObjectMapper().writerWithDefaultPrettyPrinter().writeValue(file.toFile(), values);
  }

  private static List<String> cells(Row row) {
    Yardstick yardstick = row.yardstick();
    String ours = number(row.ours().median());
    if (yardstick == null) {
      return List.of(row.what(), row.unit(), ours, "", "", "", "");
    }
    Target target = yardstick.target();
    return List.of(
        row.what(),
        row.unit(),
        ours,
        yardstick.what(),
        number(yardstick.figure().median()),
        String.format(Locale.ROOT, "%.2f", row.ratio()),
        target == null ? "" : target.text());
  }

  private static Map<String, Object> values(Row row) {
    Map<String, Object> values = new LinkedHashMap<>();
    values.put("what", row.what());
    values.put("unit", row.unit());
    values.put("ours", row.ours().median());
    values.put("oursRounds", row.ours().rounds());
    Yardstick yardstick = row.yardstick();
    if (yardstick != null) {
      Target target = yardstick.target();
      values.put("yardstick", yardstick.what());
      values.put("limit", yardstick.figure().median());
      values.put("limitRounds", yardstick.figure().rounds());
      values.put("ratio", row.ratio());
      values.put("target", target == null ? null : target.text());
    }
    return values;
  }

  private static String number(double value) {
    return String.format(Locale.ROOT, value < SMALL ? "%.1f" : "%,.0f", value);
  }

  private static int width(List<List<String>> lines, int column) {
    return lines.stream().mapToInt(line -> line.get(column).length()).max().orElse(1);
  }
}
