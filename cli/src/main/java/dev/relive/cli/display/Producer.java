package dev.relive.cli.display;

import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/**
 * How far a producer is ahead of the learner, and what that costs it.
 *
 * @param lead steps that the learner has not ingested yet
 * @param maxLead steps that it may be ahead
 * @param waits what it waited for, and for which share of the last seconds, from 0 to 1
 */
public record Producer(long lead, long maxLead, Map<String, Double> waits) implements Section {

  private static final double WORTH_A_WORD = 0.005;

  public Producer {
    waits = Collections.unmodifiableMap(new LinkedHashMap<>(waits));
  }

  @Override
  public List<Row> rows(int columns, Duration elapsed) {
    List<String> parts = new ArrayList<>();
    parts.add(
        "%s steps ahead of at most %s".formatted(Numbers.count(lead), Numbers.count(maxLead)));
    waits.forEach(
        (what, share) -> {
          if (share >= WORTH_A_WORD) {
            parts.add(
                String.format(Locale.ROOT, "waits %.0f %% of the time for %s", 100 * share, what));
          }
        });
    return List.of(new Row("producer", new StyledLine().add(String.join(" · ", parts))));
  }

  @Override
  public List<String> words() {
    return List.of("lead " + Numbers.count(lead));
  }
}
