package dev.relive.cli;

import dev.relive.log.TopicReports.TopicReport;
import java.time.Duration;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import picocli.CommandLine.ITypeConverter;
import picocli.CommandLine.TypeConversionException;

/**
 * How long a topic keeps its records.
 *
 * @param millis milliseconds; -1 for ever
 */
record Retention(long millis) {

  static final Retention FOR_EVER = new Retention(-1);
  static final String ALLOWED = "for-ever, or a whole number of days, hours or minutes such as 30d";

  private static final Pattern FORMAT = Pattern.compile("([1-9]\\d{0,8})([dhm])");
  private static final String FOR_EVER_TEXT = "for-ever";

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

  Duration duration() {
    return Duration.ofMillis(millis);
  }

  /** As it is stated. */
  @Override
  public String toString() {
    return millis < 0 ? FOR_EVER_TEXT : text().replace(" ", "");
  }

  /** Reads what the user states. */
  static final class Converter implements ITypeConverter<Retention> {
    @Override
    public Retention convert(String text) {
      Matcher matcher = FORMAT.matcher(text);
      if (matcher.matches()) {
        long count = Long.parseLong(matcher.group(1));
        Duration unit =
            switch (matcher.group(2)) {
              case "d" -> Duration.ofDays(1);
              case "h" -> Duration.ofHours(1);
              default -> Duration.ofMinutes(1);
            };
        return new Retention(unit.multipliedBy(count).toMillis());
      }
      if (text.equals(FOR_EVER_TEXT)) {
        return FOR_EVER;
      }
      throw new TypeConversionException(text + " is not " + ALLOWED);
    }
  }
}
