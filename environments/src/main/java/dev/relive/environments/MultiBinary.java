package dev.relive.environments;

import dev.relive.environments.random.Generator;
import java.util.Arrays;

/** Arrays of numbers that are 0 or 1. A row holds the elements in row-major order. */
public final class MultiBinary implements Space {
  private static final int BYTES_PER_DRAW = Integer.BYTES;

  private final int[] shape;
  private final int size;

  /**
   * @param shape lengths of the dimensions, each 1 or more
   * @throws IllegalArgumentException if there are none, or one is not positive
   */
  public MultiBinary(int... shape) {
    this.shape = shape.clone();
    if (shape.length == 0 || Arrays.stream(shape).anyMatch(length -> length <= 0)) {
      throw new IllegalArgumentException(
          "A space of binary numbers needs one or more dimensions of 1 or more, and has "
              + Arrays.toString(shape)
              + ".");
    }
    size = Arrays.stream(shape).reduce(1, Math::multiplyExact);
  }

  @Override
  public int size() {
    return size;
  }

  public int[] shape() {
    return shape.clone();
  }

  @Override
  public boolean integral() {
    return true;
  }

  @Override
  public double low(int element) {
    return 0;
  }

  @Override
  public double high(int element) {
    return 1;
  }

  @Override
  public void sample(Generator random, float[] rows, int offset) {
    int bits = 0;
    for (int i = 0; i < size; i++) {
      bits = bits(random, bits, i);
      rows[offset + i] = value(bits);
    }
  }

  @Override
  public void sample(Generator random, int[] rows, int offset) {
    int bits = 0;
    for (int i = 0; i < size; i++) {
      bits = bits(random, bits, i);
      rows[offset + i] = value(bits);
    }
  }

  /** The bits from whose lowest byte an element follows: NumPy spends a byte on each. */
  private static int bits(Generator random, int before, int element) {
    return element % BYTES_PER_DRAW == 0 ? random.nextInt() : before >>> Byte.SIZE;
  }

  private static int value(int bits) {
    return bits >>> (Byte.SIZE - 1) & 1;
  }

  @Override
  public boolean equals(Object other) {
    return other instanceof MultiBinary space && Arrays.equals(shape, space.shape);
  }

  @Override
  public int hashCode() {
    return Arrays.hashCode(shape);
  }

  @Override
  public String toString() {
    return "MultiBinary(" + Arrays.toString(shape) + ")";
  }
}
