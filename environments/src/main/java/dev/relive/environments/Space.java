package dev.relive.environments;

import dev.relive.environments.random.Generator;

/**
 * The values that an observation or an action can take. A value is a row of {@link #size} numbers.
 */
public sealed interface Space permits Discrete, MultiDiscrete, MultiBinary, Box, Composite {
  /** Numbers in a row. */
  int size();

  /** Whether every number of a row is an integer, so that actions are given as ints. */
  boolean integral();

  /** The smallest value of an element of a row, which may be infinite. */
  double low(int element);

  /** The largest value of an element of a row, which may be infinite. */
  double high(int element);

  /**
   * Writes a row drawn at random, every value being as likely as every other, to {@code rows} from
   * {@code offset} on. The draws are those of the {@code sample} of Gymnasium's space, but for
   * composite ones.
   *
   * @throws IllegalStateException if a number has no finite bounds
   */
  void sample(Generator random, float[] rows, int offset);

  /**
   * The same for rows of integers.
   *
   * @throws IllegalStateException if not every number of a row is an integer
   */
  void sample(Generator random, int[] rows, int offset);

  /** Whether a number can stand at this place of a row. */
  default boolean contains(int element, double value) {
    return value >= low(element)
        && value <= high(element)
        && (!integral() || value == Math.rint(value));
  }
}
