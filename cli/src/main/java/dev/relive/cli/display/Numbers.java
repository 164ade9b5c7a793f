package dev.relive.cli.display;

import java.time.Duration;
import java.util.Locale;

/** How numbers are written, the same everywhere and whatever the locale. */
public final class Numbers {

  private static final String[] BYTE_UNITS = {"bytes", "kB", "MB", "GB", "TB"};

  private Numbers() {}

  /** 12,345. */
  public static String count(long value) {
    return String.format(Locale.ROOT, "%,d", value);
  }

  /** 42 %, rounded down: all is all. */
  public static String percent(double share) {
    return String.format(Locale.ROOT, "%.0f %%", Math.floor(100 * share));
  }

  /** 187.3, or "–" where there is none yet. */
  public static String mean(double value) {
    return Double.isNaN(value) ? "–" : String.format(Locale.ROOT, "%,.1f", value);
  }

  /** A rate per second: whole from 10 on. */
  public static String rate(double value) {
    return String.format(Locale.ROOT, value < 9.95 ? "%.1f" : "%,.0f", value);
  }

  /** At most three decimals, without zeros at their end: 22.402, 8. */
  public static String decimal(double value) {
    String text = String.format(Locale.ROOT, "%.3f", value);
    String shortest = text.contains(".") ? text.replaceAll("\\.?0+$", "") : text;
    return shortest.equals("-0") ? "0" : shortest;
  }

  /** Four significant digits, for values of unknown size. */
  public static String significant(double value) {
    return Double.isNaN(value) ? "–" : String.format(Locale.ROOT, "%.4g", value);
  }

  /** 3:07 or 1:02:03. */
  public static String clock(Duration duration) {
    long hours = duration.toHours();
    return hours > 0
        ? String.format(
            Locale.ROOT, "%d:%02d:%02d", hours, duration.toMinutesPart(), duration.toSecondsPart())
        : String.format(Locale.ROOT, "%d:%02d", duration.toMinutesPart(), duration.toSecondsPart());
  }

  /** 18.4 s. */
  public static String seconds(Duration duration) {
    return String.format(Locale.ROOT, "%.1f s", duration.toMillis() / 1e3);
  }

  /** 1.2 MB, in powers of 1000. */
  public static String bytes(long value) {
    if (value < 1_000) {
      return value + " bytes";
    }
    double scaled = value;
    int unit = 0;
    while (scaled >= 999.95 && unit < BYTE_UNITS.length - 1) {
      scaled /= 1_000;
      unit++;
    }
    return String.format(Locale.ROOT, "%.1f %s", scaled, BYTE_UNITS[unit]);
  }
}
