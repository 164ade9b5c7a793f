package dev.relive.agents;

import java.util.Arrays;
import java.util.List;

/**
 * Name and shape of a float32 tensor.
 *
 * @param shape extents, outermost first; empty for a single number
 */
public record TensorSpec(String name, List<Integer> shape) {

  /**
   * @throws IllegalArgumentException when an extent is negative or the size is beyond 2³¹ − 1
   */
  public TensorSpec {
    shape = List.copyOf(shape);
    long size = 1;
    for (int extent : shape) {
      if (extent < 0 || (size *= extent) > Integer.MAX_VALUE) {
        throw new IllegalArgumentException(
            "The tensor " + name + " has the shape " + shape + ", which no array can hold.");
      }
    }
  }

  static TensorSpec of(String name, int... shape) {
    return new TensorSpec(name, Arrays.stream(shape).boxed().toList());
  }

  /** Number of elements. */
  public int size() {
    return shape.stream().reduce(1, (a, b) -> a * b);
  }

  @Override
  public String toString() {
    return name + shape;
  }

  long[] extents() {
    return shape.stream().mapToLong(Integer::longValue).toArray();
  }
}
