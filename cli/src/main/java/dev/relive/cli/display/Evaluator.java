package dev.relive.cli.display;

import java.time.Duration;
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
                .add(StyledLine.Style.FAINT, "  " + Numbers.clock(elapsed))));
  }

  @Override
  public List<String> words() {
    return List.of(
        "%s evaluations here".formatted(Numbers.count(evaluated)),
        "%s skipped".formatted(Numbers.count(skipped)),
        "%s refused".formatted(Numbers.count(refused)));
  }
}
