package dev.relive.cli.display;

import dev.relive.cli.display.StyledLine.Style;
import java.time.Duration;
import java.util.List;

/**
 * How much was learned from, and how fast over the last seconds.
 *
 * @param stepLimit steps at which the run ends; {@link Long#MAX_VALUE} where nothing limits them
 */
public record Work(
    long steps, long stepLimit, double stepsPerSecond, long updates, double updatesPerSecond)
    implements Section {

  private static final int LONGEST_BAR = 32;
  private static final int BESIDE_THE_BAR = 48;

  @Override
  public List<Row> rows(int columns, Duration elapsed) {
    return List.of(new Row("steps", progress(columns, elapsed)), new Row("speed", speed()));
  }

  private StyledLine progress(int columns, Duration elapsed) {
    if (stepLimit == Long.MAX_VALUE) {
      return new StyledLine()
          .add(Style.BOLD, Numbers.count(steps))
          .add(Style.FAINT, "  " + Numbers.clock(elapsed));
    }
    int width = Math.max(4, Math.min(LONGEST_BAR, columns - BESIDE_THE_BAR));
    String[] bar = Graph.bar((double) steps / stepLimit, width);
    return new StyledLine()
        .add(Style.GOOD, bar[0])
        .add(Style.FAINT, bar[1])
        .add("  ")
        .add(Style.BOLD, Numbers.count(steps))
        .add(" of at most " + Numbers.count(stepLimit))
        .add(Style.FAINT, "  " + Numbers.clock(elapsed));
  }

  private StyledLine speed() {
    return new StyledLine()
        .add(Style.BOLD, Numbers.rate(stepsPerSecond))
        .add(" steps/s · ")
        .add(Style.BOLD, Numbers.rate(updatesPerSecond))
        .add(" updates/s · " + Numbers.count(updates) + " updates");
  }

  @Override
  public List<String> words() {
    return List.of(
        "steps %s at %s/s".formatted(Numbers.count(steps), Numbers.rate(stepsPerSecond)),
        "updates %s at %s/s".formatted(Numbers.count(updates), Numbers.rate(updatesPerSecond)));
  }
}
