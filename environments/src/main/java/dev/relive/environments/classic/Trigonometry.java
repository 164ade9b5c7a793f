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
 * = sin a cos d + cos a sin d and cos(a + d) = cos a cos d - sin a sin d. Larger angles are first
 * brought near zero: their distance to a multiple of π/2 in more bits than a double has (W. Cody
 * and W. Waite, "Software Manual for the Elementary Functions", 1980). Source: A. Ziv, "Fast
 * Evaluation of Elementary Mathematical Functions with Correctly Rounded Last Bit", 1991, as IBM's
 * Accurate Mathematical Library applies it.
 */
final class Trigonometry {
  /** Up to here an angle is looked up as it is. */
  private static final double LIMIT = 0x1.b6p-1;

  /** Up to here its distance to π/2 is looked up. */
  private static final double MIDDLE = 0x1.368fdp1;

  /** Up to here its distance to the nearest multiple of π/2; {@link Math} does the rest. */
  private static final double LARGE = 0x1.921fbp26;

  private static final double TINY = 0x1p-26;
  private static final double NEAR_ZERO = 0.126;

  private static final double HALF_PI = 0x1.921fb54442d18p0;
  private static final double HALF_PI_LOW = 0x1.1a62633145c07p-54;
  private static final double TWO_OVER_PI = 0x1.45f306dc9c883p-1;

  /** π/2 as a sum of four, the first three short enough for exact products with a quadrant. */
  private static final double[] HALF_PI_PARTS = {
    0x1.921fb58p0, -0x1.dde973cp-27, -0x1.cb3b398p-55, -0x1.d747f23e32ed7p-83
  };

  /** Adding it rounds to an integer, whose lowest bits are then the lowest. */
  private static final double ROUND_TO_INTEGER = 0x1.8p52;

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
      return sinReduced(x, magnitude);
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
      return cosReduced(x, magnitude);
    }
    double rounded = magnitude + ROUND;
    double d = magnitude - (rounded - ROUND);
    return cosOfTableEntry(ENTRY * (int) Double.doubleToRawLongBits(rounded), d);
  }

  private static double sinReduced(double x, double magnitude) {
    if (magnitude < MIDDLE) {
      return Math.copySign(cosOfSum(HALF_PI - magnitude, HALF_PI_LOW), x);
    }
    return magnitude < LARGE ? sinOfQuadrants(x, 0) : Math.sin(x);
  }

  private static double cosReduced(double x, double magnitude) {
    if (magnitude < MIDDLE) {
      double distance = HALF_PI - magnitude;
      double high = distance + HALF_PI_LOW;
      return sinOfSum(high, (distance - high) + HALF_PI_LOW);
    }
    return magnitude < LARGE ? sinOfQuadrants(x, 1) : Math.cos(x);
  }

  /** sin(x + quadrants π/2), with the distance to a multiple of π/2 in two doubles. */
  private static double sinOfQuadrants(double x, int quadrants) {
    double rounded = Math.fma(x, TWO_OVER_PI, ROUND_TO_INTEGER);
    double n = rounded - ROUND_TO_INTEGER;
    int quadrant = quadrants + (int) Double.doubleToRawLongBits(rounded);
    double distance = Math.fma(-n, HALF_PI_PARTS[1], Math.fma(-n, HALF_PI_PARTS[0], x));
    double closer = Math.fma(-n, HALF_PI_PARTS[2], distance);
    double low = Math.fma(-n, HALF_PI_PARTS[2], distance - closer);
    double high = Math.fma(-n, HALF_PI_PARTS[3], closer);
    low += Math.fma(-n, HALF_PI_PARTS[3], closer - high);
    double value = (quadrant & 1) == 0 ? sinOfSum(high, low) : cosOfSum(high, low);
    return (quadrant & 2) == 0 ? value : -value;
  }

  /** sin(high + low), where low is what rounding took from high. */
  private static double sinOfSum(double high, double low) {
    double magnitude = Math.abs(high);
    if (magnitude < NEAR_ZERO) {
      double xx = high * high;
      return high + Math.fma(Math.fma(polynomialNearZero(xx), high, -0.5 * low), xx, low);
    }
    double rest = high > 0 ? low : -low;
    double rounded = magnitude + ROUND;
    double d = magnitude - (rounded - ROUND);
    int entry = ENTRY * (int) Double.doubleToRawLongBits(rounded);
    double sin = TABLE[entry];
    double dd = d * d;
    double sinD = d + Math.fma(d * dd, sinTerms(dd), rest);
    double oneMinusCosD = Math.fma(d, rest, dd * cosTerms(dd));
    double correction =
        Math.fma(-sin, oneMinusCosD, Math.fma(sinD, TABLE[entry + 3], TABLE[entry + 1]));
    return Math.copySign(sin + Math.fma(TABLE[entry + 2], sinD, correction), high);
  }

  /** cos(high + low), where low is what rounding took from high. */
  private static double cosOfSum(double high, double low) {
    double magnitude = Math.abs(high);
    double rounded = magnitude + ROUND;
    double d = magnitude - (rounded - ROUND) + (high < 0 ? -low : low);
    return cosOfTableEntry(ENTRY * (int) Double.doubleToRawLongBits(rounded), d);
  }

  /** The cosine at distance d from a multiple of 1/128. */
  private static double cosOfTableEntry(int entry, double d) {
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
    return x + polynomialNearZero(xx) * x * xx;
  }

  private static double polynomialNearZero(double xx) {
    double sum = Math.fma(-2.5022014848318398e-08, xx, 2.755729806860771e-06);
    sum = Math.fma(sum, xx, -0.00019841269834414642);
    sum = Math.fma(sum, xx, 0.008333333333332329);
    return Math.fma(sum, xx, -0.16666666666666666);
  }

  private static double sinOfDistance(double d) {
    double dd = d * d;
    return Math.fma(d * dd, sinTerms(dd), d);
  }

  private static double oneMinusCosOfDistance(double d) {
    double dd = d * d;
    return dd * cosTerms(dd);
  }

  private static double sinTerms(double dd) {
    return Math.fma(dd, 0.008333332142857223, -0.16666666666666488);
  }

  private static double cosTerms(double dd) {
    return Math.fma(dd, Math.fma(dd, 0.001388888740079376, -0.04166666666666644), 0.5);
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
