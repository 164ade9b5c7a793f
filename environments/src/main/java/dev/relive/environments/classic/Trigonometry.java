package dev.relive.environments.classic;

import java.math.BigDecimal;
import java.math.MathContext;
import java.math.RoundingMode;

/**
 * Sine and cosine to the last bit as glibc 2.36 gives them on processors that fuse multiply and
 * add: what Python computes with, and what the reference trajectories were recorded with. Chaotic
 * dynamics turn one wrong last bit into another episode: with {@link Math} 3 of 100 balanced
 * CartPole episodes of 500 steps end in another state, with {@link StrictMath} 5. Here, all that is
 * used is exactly defined arithmetic, so every machine gives the same; and it takes about a third
 * of the time of {@link Math}.
 *
 * <p>Method: near zero a polynomial. Elsewhere the nearest multiple of 1/128, whose sine and cosine
 * are tabulated in double-double precision, and polynomials of the distance d to it, by sin(a + d)
 * = sin a cos d + cos a sin d and cos(a + d) = cos a cos d - sin a sin d. Source: A. Ziv, "Fast
 * Evaluation of Elementary Mathematical Functions with Correctly Rounded Last Bit", 1991, as IBM's
 * Accurate Mathematical Library applies it.
 */
final class Trigonometry {
  /** Up to here no reduction by multiples of π is needed; {@link Math} does the rest. */
  private static final double LIMIT = 0x1.b6p-1;

  private static final double TINY = 0x1p-26;
  private static final double NEAR_ZERO = 0.126;

  /** Adding it rounds to a multiple of 1/128, whose number is then in the lowest bits. */
  private static final double ROUND = 0x1.8p45;

  private static final int ENTRY = 4;
  private static final double[] TABLE = table();

  private Trigonometry() {}

  static double sin(double x) {
    double magnitude = Math.abs(x);
    if (magnitude < NEAR_ZERO) {
      return magnitude < TINY ? x : sinNearZero(x);
    }
    if (!(magnitude < LIMIT)) {
      return Math.sin(x);
    }
    double rounded = magnitude + ROUND;
    double d = magnitude - (rounded - ROUND);
    int entry = ENTRY * (int) Double.doubleToRawLongBits(rounded);
    double sin = TABLE[entry];
    double cos = TABLE[entry + 2];
    double sinD = sinOfDistance(d);
    double low =
        Math.fma(
            -sin, oneMinusCosOfDistance(d), Math.fma(sinD, TABLE[entry + 3], TABLE[entry + 1]));
    return Math.copySign(sin + Math.fma(cos, sinD, low), x);
  }

  static double cos(double x) {
    double magnitude = Math.abs(x);
    if (!(magnitude < LIMIT)) {
      return Math.cos(x);
    }
    double rounded = magnitude + ROUND;
    double d = magnitude - (rounded - ROUND);
    int entry = ENTRY * (int) Double.doubleToRawLongBits(rounded);
    double sin = TABLE[entry];
    double cos = TABLE[entry + 2];
    double sinD = sinOfDistance(d);
    double low =
        Math.fma(
            -cos, oneMinusCosOfDistance(d), Math.fma(-sinD, TABLE[entry + 1], TABLE[entry + 3]));
    return cos + Math.fma(-sin, sinD, low);
  }

  private static double sinNearZero(double x) {
    double xx = x * x;
    double sum = Math.fma(-2.5022014848318398e-08, xx, 2.755729806860771e-06);
    sum = Math.fma(sum, xx, -0.00019841269834414642);
    sum = Math.fma(sum, xx, 0.008333333333332329);
    sum = Math.fma(sum, xx, -0.16666666666666666);
    return x + sum * x * xx;
  }

  private static double sinOfDistance(double d) {
    double dd = d * d;
    return Math.fma(d * dd, Math.fma(dd, 0.008333332142857223, -0.16666666666666488), d);
  }

  private static double oneMinusCosOfDistance(double d) {
    double dd = d * d;
    double sum = Math.fma(dd, 0.001388888740079376, -0.04166666666666644);
    return dd * Math.fma(dd, sum, 0.5);
  }

  /**
   * For each multiple of 1/128 up to the limit: sine, what rounding took from it, cosine, what
   * rounding took from it.
   */
  private static double[] table() {
    int entries = (int) Math.rint(LIMIT * 128) + 1;
    double[] table = new double[ENTRY * entries];
    for (int i = 0; i < entries; i++) {
      BigDecimal angle = new BigDecimal(i / 128.0);
      putRounded(series(angle, 1, angle), table, ENTRY * i);
      putRounded(series(angle, 0, BigDecimal.ONE), table, ENTRY * i + 2);
    }
    return table;
  }

  private static void putRounded(BigDecimal exact, double[] table, int index) {
    table[index] = exact.doubleValue();
    table[index + 1] = exact.subtract(new BigDecimal(table[index])).doubleValue();
  }

  /** The sum of x^n / n! with alternating signs, over n = start, start + 2 and so on. */
  private static BigDecimal series(BigDecimal x, int start, BigDecimal first) {
    MathContext precision = new MathContext(50, RoundingMode.HALF_EVEN);
    BigDecimal sum = first;
    BigDecimal term = first;
    for (int n = start + 2; n < 40; n += 2) {
      term = term.multiply(x).multiply(x).divide(BigDecimal.valueOf(-n * (n - 1L)), precision);
      sum = sum.add(term, precision);
    }
    return sum;
  }
}
