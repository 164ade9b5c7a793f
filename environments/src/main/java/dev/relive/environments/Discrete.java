package dev.relive.environments;

import dev.relive.environments.random.Generator;

/**
 * The integers from {@code start} to {@code start + count - 1}.
 *
 * @param count how many there are, 1 or more
 * @param start the smallest
 */
public record Discrete(int count, int start) implements Space {
  public Discrete {
    if (count <= 0 || start > Integer.MAX_VALUE - count + 1) {
      throw new IllegalArgumentException(
          "A discrete space needs 1 or more integers that fit in 32 bits, and has "
              + count
              + " from "
              + start
              + ".");
    }
  }

  /** The integers from 0 to {@code count - 1}. */
  public Discrete(int count) {
    this(count, 0);
  }

  @Override
  public int size() {
    return 1;
  }

  @Override
  public boolean integral() {
    return true;
  }

  @Override
  public double low(int element) {
    return start;
  }

  @Override
  public double high(int element) {
    return start + (count - 1.0);
  }

  public boolean contains(int value) {
    return value >= start && value - start < count;
  }

  /** Each with the same probability. */
  public int sample(Generator random) {
    return start + random.integers(count);
  }

  @Override
  public void sample(Generator random, float[] rows, int offset) {
    rows[offset] = sample(random);
  }

  @Override
  public void sample(Generator random, int[] rows, int offset) {
    rows[offset] = sample(random);
  }

  @Override
  public String toString() {
    return start == 0 ? "Discrete(" + count + ")" : "Discrete(" + count + ", start " + start + ")";
  }
}
