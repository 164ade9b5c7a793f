package dev.relive.cli;

import java.util.regex.Matcher;
import java.util.regex.Pattern;
import picocli.CommandLine.ITypeConverter;
import picocli.CommandLine.TypeConversionException;

/**
 * A number of bytes as people state it.
 *
 * @param bytes at least 0
 */
record ByteSize(long bytes) {

  static final String ALLOWED = "a whole number of MB, GB or TB such as 500MB";

  private static final Pattern FORMAT = Pattern.compile("([1-9]\\d{0,5})(MB|GB|TB)");
  private static final long MEGABYTE = 1_000_000;

  /** In the largest unit that says it exactly. */
  @Override
  public String toString() {
    long megabytes = bytes / MEGABYTE;
    if (megabytes * MEGABYTE != bytes) {
      return bytes + " bytes";
    }
    if (megabytes % 1_000_000 == 0) {
      return megabytes / 1_000_000 + "TB";
    }
    return megabytes % 1_000 == 0 ? megabytes / 1_000 + "GB" : megabytes + "MB";
  }

  /** Reads what the user states. */
  static final class Converter implements ITypeConverter<ByteSize> {
    @Override
    public ByteSize convert(String text) {
      Matcher matcher = FORMAT.matcher(text);
      if (!matcher.matches()) {
        throw new TypeConversionException(text + " is not " + ALLOWED);
      }
      long unit =
          switch (matcher.group(2)) {
            case "MB" -> MEGABYTE;
            case "GB" -> 1_000 * MEGABYTE;
            default -> 1_000_000 * MEGABYTE;
          };
      return new ByteSize(Long.parseLong(matcher.group(1)) * unit);
    }
  }
}
