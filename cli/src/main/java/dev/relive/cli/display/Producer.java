package dev.relive.cli.display;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/**
 * How far a producer is ahead of the learner, and what that costs it.
 *
 * @param lead steps that the learner has not ingested yet
 * @param maxLead steps that it may be ahead
 * @param waiting the share of the last seconds that it waited, from 0 to 1
 */
public record Producer(long lead, long maxLead, double waiting) implements Section {

  @Override
  public List<Row> rows(int columns, Duration elapsed) {
    List<String> parts = new ArrayList<>();
    parts.add(
        "%s steps ahead of at most %s".formatted(Numbers.count(lead), Numbers.count(maxLead)));
    parts.add(String.format(Locale.ROOT, "waits %.0f %% of the time", 100 * waiting));
    return List.of(new Row("producer", new StyledLine().add(String.join(" · ", parts))));
  }

  @Override
  public List<String> words() {
    return List.of("lead " + Numbers.count(lead));
  }
}
