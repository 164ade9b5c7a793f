package dev.relive.cli.display;

import dev.relive.cli.display.StyledLine.Style;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

/**
 * How the policy does while it explores.
 *
 * @param window how many episodes the mean is taken over, once there are so many
 * @param meanReturn NaN before the first episode
 * @param measures further ones
 */
public record Training(long episodes, int window, double meanReturn, List<Measurement> measures)
    implements Section {

  public Training {
    measures = List.copyOf(measures);
  }

  @Override
  public List<Row> rows(int columns, Duration elapsed) {
    String counted =
        episodes > window
            ? " mean return of the last " + window + " episodes"
            : " mean return of " + episodes + " episodes";
    StyledLine line = new StyledLine().add(Style.BOLD, Numbers.mean(meanReturn)).add(counted);
    measures.forEach(measure -> line.add(" · " + measure.words()));
    return List.of(new Row("training", line));
  }

  @Override
  public List<String> words() {
    List<String> words = new ArrayList<>();
    words.add("return " + Numbers.mean(meanReturn));
    measures.forEach(measure -> words.add(measure.words()));
    return words;
  }
}
