package dev.relive.learner;

import dev.relive.log.InvalidSettingException;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Policy versions from one to another, both included.
 *
 * @param first 0 where no version is too old
 * @param last {@link Long#MAX_VALUE} where none is too new
 */
public record VersionRange(long first, long last) {
  /** What text must be, to complete "must be". */
  public static final String ALLOWED =
      "a version, or two with .. between, of which one may be left out";

  private static final Pattern TEXT = Pattern.compile("(\\d{0,18})\\.\\.(\\d{0,18})|(\\d{1,18})");

  /** Checks that there is a version in it. */
  public VersionRange {
    if (first < 0 || last < first) {
      throw new InvalidSettingException(
          "There is no policy version from %d to %d.".formatted(first, last));
    }
  }

  /**
   * Reads {@code A..B}, {@code A..}, {@code ..B} or {@code A}.
   *
   * @throws InvalidSettingException if it is none of these
   */
  public static VersionRange of(String text) {
    Matcher parts = TEXT.matcher(text);
    if (!parts.matches() || text.equals("..")) {
      throw new InvalidSettingException(
          "The policy versions are '%s', and must be %s.".formatted(text, ALLOWED));
    }
    if (parts.group(3) != null) {
      long only = Long.parseLong(parts.group(3));
      return new VersionRange(only, only);
    }
    return new VersionRange(
        parts.group(1).isEmpty() ? 0 : Long.parseLong(parts.group(1)),
        parts.group(2).isEmpty() ? Long.MAX_VALUE : Long.parseLong(parts.group(2)));
  }

  /** Whether a version is in it. */
  boolean includes(long version) {
    return version >= first && version <= last;
  }

  /** As it is written. */
  @Override
  public String toString() {
    return (first == 0 ? "" : first) + ".." + (last == Long.MAX_VALUE ? "" : last);
  }
}
