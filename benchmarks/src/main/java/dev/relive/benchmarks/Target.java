package dev.relive.benchmarks;

import java.util.Locale;

/** What a row should reach. */
sealed interface Target {

  /** As the table shows it. */
  String text();

  /** Ours should be at least this part of the yardstick's. */
  record Ratio(double least) implements Target {
    @Override
    public String text() {
      return "≥ " + least;
    }
  }

  /** Ours should be at most this, in the row's unit. */
  record Ours(double most) implements Target {
    @Override
    public String text() {
      return String.format(Locale.ROOT, "≤ %.0f", most);
    }
  }
}
