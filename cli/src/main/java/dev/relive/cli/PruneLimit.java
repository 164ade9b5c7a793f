package dev.relive.cli;

import dev.relive.log.ExperiencePruning.Limit;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.time.format.DateTimeParseException;
import picocli.CommandLine.ITypeConverter;
import picocli.CommandLine.TypeConversionException;

/**
 * How far a user wants to delete at most, as it is stated.
 *
 * @param text as stated; empty where nothing is
 */
record PruneLimit(String text, Limit limit) {

  static final PruneLimit NONE = new PruneLimit("", new Limit.None());
  static final String ALLOWED =
      "an offset, a day such as 2026-11-20, or a time such as 2026-11-20T19:30:00Z";

  @Override
  public String toString() {
    return text;
  }

  /** Reads what the user states; days begin in UTC. */
  static final class Converter implements ITypeConverter<PruneLimit> {
    @Override
    public PruneLimit convert(String text) {
      if (text.matches("\\d{1,18}")) {
        return new PruneLimit(text, new Limit.Offset(Long.parseLong(text)));
      }
      try {
        Instant time =
            text.length() == "2026-11-20".length()
                ? LocalDate.parse(text).atStartOfDay(ZoneOffset.UTC).toInstant()
                : Instant.parse(text);
        return new PruneLimit(text, new Limit.Time(time));
      } catch (DateTimeParseException e) {
        throw new TypeConversionException(text + " is not " + ALLOWED);
      }
    }
  }
}
