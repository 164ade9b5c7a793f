package dev.relive.cli.display;

import dev.relive.cli.display.StyledLine.Style;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

/**
 * How much of another run's experience has been read.
 *
 * @param run the other run
 * @param read share of the range, from 0 to 1; NaN where the range grows
 * @param behind records of the log not fetched yet; -1 while unknown
 * @param dropped what filters have not let through, in words
 */
public record Source(String run, double read, long behind, List<String> dropped)
    implements Section {

  private static final int LONGEST_BAR = 32;
  private static final int BESIDE_THE_BAR = 60;

  public Source {
    dropped = List.copyOf(dropped);
  }

  @Override
  public List<Row> rows(int columns, Duration elapsed) {
    List<Row> rows = new ArrayList<>();
    rows.add(new Row("source", position(columns)));
    if (!dropped.isEmpty()) {
      rows.add(new Row("dropped", new StyledLine().add(String.join(" · ", dropped))));
    }
    return rows;
  }

  private StyledLine position(int columns) {
    StyledLine line = new StyledLine();
    if (Double.isNaN(read)) {
      return line.add("run " + run + " · " + lag());
    }
    int width = Math.max(4, Math.min(LONGEST_BAR, columns - BESIDE_THE_BAR));
    String[] bar = Graph.bar(read, width);
    return line.add(Style.GOOD, bar[0])
        .add(Style.FAINT, bar[1])
        .add("  ")
        .add(Style.BOLD, Numbers.percent(read))
        .add(" of run " + run);
  }

  private String lag() {
    return behind < 0 ? "live" : Numbers.count(behind) + " records behind";
  }

  @Override
  public List<String> words() {
    List<String> words = new ArrayList<>();
    words.add(Double.isNaN(read) ? lag() : "source " + Numbers.percent(read));
    if (!dropped.isEmpty()) {
      words.add("dropped " + dropped.get(0));
    }
    return words;
  }
}
