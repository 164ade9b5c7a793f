package dev.relive.cli.display;

import dev.relive.cli.display.StyledLine.Style;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

/**
 * What an evaluator has done.
 *
 * @param evaluated evaluations that it made, confirmations included
 * @param skipped snapshots that a newer one replaced before their turn
 * @param refused snapshots that could not be used
 */
public record Evaluator(long evaluated, long skipped, long refused) implements Section {

  @Override
  public List<Row> rows(int columns, Duration elapsed) {
    return List.of(
        new Row(
            "evaluator",
            new StyledLine()
                .add(String.join(" · ", words()))
                .add(Style.FAINT, "  " + Numbers.clock(elapsed))));
  }

  @Override
  public List<String> words() {
    List<String> words = new ArrayList<>();
    words.add(Numbers.count(evaluated) + " evaluations");
    if (skipped > 0) {
      words.add(Numbers.count(skipped) + " skipped");
    }
    if (refused > 0) {
      words.add(Numbers.count(refused) + " refused");
    }
    return words;
  }
}
