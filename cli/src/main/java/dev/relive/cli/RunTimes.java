package dev.relive.cli;

import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.time.temporal.ChronoUnit;
import java.util.Locale;

/** Times as records of the log have them, in microseconds since 1970, for people: in UTC. */
final class RunTimes {

  private static final DateTimeFormatter FORMAT =
      DateTimeFormatter.ofPattern("yyyy-MM-dd HH:mm:ss", Locale.ROOT).withZone(ZoneOffset.UTC);

  private RunTimes() {}

  static Instant instant(long micros) {
    return Instant.EPOCH.plus(micros, ChronoUnit.MICROS);
  }

  /** 2026-11-20 19:34:48. */
  static String text(long micros) {
    return text(instant(micros));
  }

  static String text(Instant time) {
    return FORMAT.format(time);
  }

  /** How long ago it was, in the largest unit that fits: "12 s ago". */
  static String ago(long micros, Instant now) {
    Duration since = Duration.between(instant(micros), now);
    if (since.toDays() > 0) {
      return since.toDays() + " d ago";
    }
    if (since.toHours() > 0) {
      return since.toHours() + " h ago";
    }
    return since.toMinutes() > 0
        ? since.toMinutes() + " min ago"
        : Math.max(0, since.toSeconds()) + " s ago";
  }
}
