package dev.relive.cli.display;

import dev.relive.cli.display.StyledLine.Style;
import java.time.Duration;
import java.util.List;

/** What the log's readers found missing, twice, or unreadable; shown only where there is some. */
public record Losses(long gaps, long duplicates, long rejected) implements Section {

  @Override
  public List<Row> rows(int columns, Duration elapsed) {
    String text =
        "%s gaps · %s duplicates · %s rejected"
            .formatted(Numbers.count(gaps), Numbers.count(duplicates), Numbers.count(rejected));
    return any()
        ? List.of(new Row("losses", new StyledLine().add(Style.WARNING, text)))
        : List.of();
  }

  @Override
  public List<String> words() {
    return any()
        ? List.of(
            "gaps " + Numbers.count(gaps),
            "duplicates " + Numbers.count(duplicates),
            "rejected " + Numbers.count(rejected))
        : List.of();
  }

  private boolean any() {
    return gaps + duplicates + rejected > 0;
  }
}
