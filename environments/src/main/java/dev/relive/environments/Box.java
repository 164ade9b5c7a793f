package dev.relive.environments;

import dev.relive.environments.random.Generator;
import java.util.Arrays;

/**
 * Arrays of 32-bit floats, each between bounds of its own, which may be infinite. A row holds the
 * elements in row-major order.
 */
public final class Box implements Space {
  private final int[] shape;
  private final float[] low;
  private final float[] high;

  /**
   * @param shape lengths of the dimensions
   * @param low the smallest value of each element, in row-major order
   * @param high the largest
   * @throws IllegalArgumentException if the number of bounds does not fit the shape, or a low bound
   *     is above its high one
   */
  public Box(int[] shape, float[] low, float[] high) {
    this.shape = shape.clone();
    this.low = low.clone();
    this.high = high.clone();
    int size = Arrays.stream(shape).reduce(1, Math::multiplyExact);
    if (low.length != size || high.length != size) {
      throw new IllegalArgumentException(
          "A box of shape %s needs %d low and high bounds, and has %d and %d."
              .formatted(Arrays.toString(shape), size, low.length, high.length));
    }
    for (int i = 0; i < size; i++) {
      if (!(low[i] <= high[i])) {
        throw new IllegalArgumentException(
            "Element %d of a box has the low bound %s, which is above its high bound %s."
                .formatted(i, low[i], high[i]));
      }
    }
  }

  /** A box whose elements all have the same bounds. */
  public static Box of(float low, float high, int... shape) {
    int size = Arrays.stream(shape).reduce(1, Math::multiplyExact);
    float[] lows = new float[size];
    float[] highs = new float[size];
    Arrays.fill(lows, low);
    Arrays.fill(highs, high);
    return new Box(shape, lows, highs);
  }

  @Override
  public int size() {
    return low.length;
  }

  @Override
  public boolean integral() {
    return false;
  }

  public int[] shape() {
    return shape.clone();
  }

  @Override
  public double low(int element) {
    return low[element];
  }

  @Override
  public double high(int element) {
    return high[element];
  }

  @Override
  public void sample(Generator random, float[] rows, int offset) {
    for (int i = 0; i < low.length; i++) {
      if (Float.isInfinite(low[i]) || Float.isInfinite(high[i])) {
        throw new IllegalStateException(
            "Element %d of %s has no finite bounds to sample between.".formatted(i, this));
      }
      rows[offset + i] = (float) random.uniform(low[i], high[i]);
    }
  }

  @Override
  public void sample(Generator random, int[] rows, int offset) {
    throw new IllegalStateException("The numbers of " + this + " are no integers.");
  }

  @Override
  public boolean equals(Object other) {
    return other instanceof Box box
        && Arrays.equals(shape, box.shape)
        && Arrays.equals(low, box.low)
        && Arrays.equals(high, box.high);
  }

  @Override
  public int hashCode() {
    return Arrays.hashCode(shape) * 31 * 31 + Arrays.hashCode(low) * 31 + Arrays.hashCode(high);
  }

  @Override
  public String toString() {
    return "Box(%s, %s to %s)".formatted(Arrays.toString(shape), bounds(low), bounds(high));
  }

  /** All bounds, or one where all are the same. */
  private static String bounds(float[] bounds) {
    for (float bound : bounds) {
      if (bound != bounds[0]) {
        return Arrays.toString(bounds);
      }
    }
    return bounds.length == 0 ? "[]" : String.valueOf(bounds[0]);
  }
}
