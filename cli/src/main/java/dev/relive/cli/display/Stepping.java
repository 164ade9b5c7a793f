package dev.relive.cli.display;

import dev.relive.cli.display.StyledLine.Style;
import java.time.Duration;
import java.util.List;

/**
 * What a producer makes.
 *
 * @param policyVersion the weights that act; 0 before the first
 * @param segments those in the log
 * @param inFlight segments whose acknowledgement is awaited
 * @param bytes of the segments in the log, before compression
 */
public record Stepping(
    long steps,
    double stepsPerSecond,
    int lanes,
    long policyVersion,
    long segments,
    long inFlight,
    long bytes)
    implements Section {

  @Override
  public List<Row> rows(int columns, Duration elapsed) {
    StyledLine made =
        new StyledLine()
            .add(Style.BOLD, Numbers.count(steps))
            .add(" at ")
            .add(Style.BOLD, Numbers.rate(stepsPerSecond))
            .add(" steps/s in " + lanes + " lanes")
            .add(policyVersion == 0 ? "" : " by policy " + Numbers.count(policyVersion))
            .add(Style.FAINT, "  " + Numbers.clock(elapsed));
    String logged =
        "%s in the log · %s in flight · %s"
            .formatted(Numbers.count(segments), Numbers.count(inFlight), Numbers.bytes(bytes));
    return List.of(new Row("steps", made), new Row("segments", new StyledLine().add(logged)));
  }

  @Override
  public List<String> words() {
    return List.of(
        "steps %s at %s/s".formatted(Numbers.count(steps), Numbers.rate(stepsPerSecond)),
        "segments " + Numbers.count(segments));
  }
}
