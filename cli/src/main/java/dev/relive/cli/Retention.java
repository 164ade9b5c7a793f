package dev.relive.cli;

import dev.relive.log.TopicReports.TopicReport;
import java.time.Duration;

/**
 * How long a topic keeps its records.
 *
 * @param millis milliseconds; -1 for ever
 */
record Retention(long millis) {

  static Retention of(TopicReport topic) {
    String setting = topic.setting("retention.ms");
    return new Retention(setting.isEmpty() ? -1 : Long.parseLong(setting));
  }

  /** For ever, or a number of the largest unit that says it exactly. */
  String text() {
    if (millis < 0) {
      return "for ever";
    }
    Duration duration = Duration.ofMillis(millis);
    if (duration.equals(Duration.ofDays(duration.toDays()))) {
      return duration.toDays() + " d";
    } else if (duration.equals(Duration.ofHours(duration.toHours()))) {
      return duration.toHours() + " h";
    }
    return duration.equals(Duration.ofSeconds(duration.toSeconds()))
        ? duration.toSeconds() + " s"
        : duration.toMillis() + " ms";
  }
}
