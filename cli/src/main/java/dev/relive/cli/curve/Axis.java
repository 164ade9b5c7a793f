package dev.relive.cli.curve;

import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/**
 * An axis that begins and ends with a tick.
 *
 * @param step from tick to tick: 1, 2 or 5 times a power of ten
 */
record Axis(double low, double high, double step) {

  /** Beyond it neighbouring doubles are too far apart for ticks. */
  private static final double LARGEST = 1e15;

  /**
   * The narrowest axis that holds a range with few ticks.
   *
   * @param least the range's lower end, a number
   * @param most its upper end, at least as large
   * @param intervals how many steps there may be at most, at least 2
   */
  static Axis over(double least, double most, int intervals) {
    double from = Math.max(-LARGEST, Math.min(LARGEST, least));
    double to = Math.max(-LARGEST, Math.min(LARGEST, most));
    if (to - from <= Math.max(Math.abs(from), Math.abs(to)) * 1e-12) {
      double margin = Math.max(1, Math.abs(from) / 10);
      from -= margin;
      to += margin;
    }
    double step = roundStep((to - from) / intervals);
    while (Math.ceil(to / step) - Math.floor(from / step) > intervals) {
      step = roundStep(step * 1.5);
    }
    return new Axis(Math.floor(from / step) * step, Math.ceil(to / step) * step, step);
  }

  /** The smallest 1, 2 or 5 times a power of ten that is no smaller. */
  private static double roundStep(double least) {
    double power = Math.pow(10, Math.floor(Math.log10(least)));
    for (int multiple : new int[] {1, 2, 5}) {
      if (multiple * power >= least * (1 - 1e-9)) {
        return multiple * power;
      }
    }
    return 10 * power;
  }

  List<Double> ticks() {
    List<Double> ticks = new ArrayList<>();
    long count = Math.round((high - low) / step);
    for (long tick = 0; tick <= count; tick++) {
      ticks.add(low + tick * step);
    }
    return ticks;
  }

  /** Where a value lies, from 0 at the axis' beginning to 1 at its end. */
  double share(double value) {
    return Math.max(0, Math.min(1, (value - low) / (high - low)));
  }

  /** A tick's words, with as many decimals as the step needs. */
  String words(double tick) {
    int decimals = Math.max(0, BigDecimal.valueOf(step).stripTrailingZeros().scale());
    double shown = Math.abs(tick) < step / 2 ? 0 : tick;
    return String.format(Locale.ROOT, "%,." + Math.min(9, decimals) + "f", shown);
  }
}
