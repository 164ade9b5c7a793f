package dev.relive.environments;

import dev.relive.environments.random.Generator;
import java.util.Arrays;

/** Several integers, each from 0 to one less than a count of its own. */
public final class MultiDiscrete implements Space {
  private final int[] counts;

  /**
   * @param counts how many values each integer has, each 1 or more
   * @throws IllegalArgumentException if there are none, or one is not positive
   */
  public MultiDiscrete(int... counts) {
    this.counts = counts.clone();
    if (counts.length == 0 || Arrays.stream(counts).anyMatch(count -> count <= 0)) {
      throw new IllegalArgumentException(
          "A space of several integers needs one or more counts of 1 or more, and has "
              + Arrays.toString(counts)
              + ".");
    }
  }

  @Override
  public int size() {
    return counts.length;
  }

  @Override
  public boolean integral() {
    return true;
  }

  /** How many values an element has. */
  public int count(int element) {
    return counts[element];
  }

  @Override
  public double low(int element) {
    return 0;
  }

  @Override
  public double high(int element) {
    return counts[element] - 1.0;
  }

  @Override
  public void sample(Generator random, float[] rows, int offset) {
    for (int i = 0; i < counts.length; i++) {
      rows[offset + i] = sample(random, i);
    }
  }

  @Override
  public void sample(Generator random, int[] rows, int offset) {
    for (int i = 0; i < counts.length; i++) {
      rows[offset + i] = sample(random, i);
    }
  }

  private int sample(Generator random, int element) {
    return (int) (random.random() * counts[element]);
  }

  @Override
  public boolean equals(Object other) {
    return other instanceof MultiDiscrete space && Arrays.equals(counts, space.counts);
  }

  @Override
  public int hashCode() {
    return Arrays.hashCode(counts);
  }

  @Override
  public String toString() {
    return "MultiDiscrete(" + Arrays.toString(counts) + ")";
  }
}
