package dev.relive.cli.display;

import java.util.DoubleSummaryStatistics;
import java.util.List;

/** Small pictures of numbers in one line of text. */
public final class Graph {

  private static final String LEVELS = "▁▂▃▄▅▆▇█";
  private static final char GAP = ' ';

  private Graph() {}

  /**
   * A bar that is filled from the left, in halves of a character.
   *
   * @param fraction from 0 to 1; what lies outside counts as the nearer end
   * @return the filled part and the rest, together {@code width} long
   */
  static String[] bar(double fraction, int width) {
    int halves = (int) Math.round(Math.max(0, Math.min(1, fraction)) * width * 2);
    String filled = "━".repeat(halves / 2) + (halves % 2 == 1 ? "╸" : "");
    return new String[] {filled, "─".repeat(width - filled.length())};
  }

  /**
   * The last {@code width} values as a curve. The lowest value of all is the lowest level; the
   * highest level is reached by {@code top} and all above; what is no number is a gap.
   */
  public static String curve(List<Double> values, double top, int width) {
    DoubleSummaryStatistics numbers =
        values.stream()
            .mapToDouble(Double::doubleValue)
            .filter(Double::isFinite)
            .summaryStatistics();
    double lowest = numbers.getMin();
    double highest = numbers.getMax();
    double ceiling = Double.isNaN(top) ? highest : top;
    StringBuilder curve = new StringBuilder();
    for (double value : values.subList(Math.max(0, values.size() - width), values.size())) {
      curve.append(Double.isNaN(value) ? GAP : LEVELS.charAt(level(value, lowest, ceiling)));
    }
    return curve.toString();
  }

  private static int level(double value, double floor, double ceiling) {
    int highest = LEVELS.length() - 1;
    if (value >= ceiling) {
      return highest;
    }
    return (int) Math.max(0, Math.floor((value - floor) / (ceiling - floor) * highest));
  }
}
