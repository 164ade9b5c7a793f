package dev.relive.producers;

import dev.relive.log.ElementType;

/**
 * How a producer's segments store their columns.
 *
 * @param capacity most transitions of a segment
 * @param observation a row of the observations, of {@link ElementType#FLOAT32}
 * @param action a row of the actions, of an integer type
 */
record SegmentLayout(int capacity, Row observation, Row action) {
  /** Most values of an action that still fits a byte. */
  private static final int BYTE_VALUES = 256;

  /** Rewards and probabilities: one number a row. */
  static final Row NUMBER = new Row(ElementType.FLOAT32);

  /** The row of discrete actions: a byte where {@code count} actions fit one, else an int. */
  static Row discreteAction(int count) {
    return new Row(count <= BYTE_VALUES ? ElementType.UINT8 : ElementType.INT32);
  }

  /** One row of a column. */
  static final class Row {
    private final ElementType type;
    private final int[] shape;
    private final int elements;

    Row(ElementType type, int... shape) {
      this.type = type;
      this.shape = shape.clone();
      int product = 1;
      for (int extent : shape) {
        product = Math.multiplyExact(product, extent);
      }
      this.elements = product;
    }

    ElementType type() {
      return type;
    }

    int[] shape() {
      return shape.clone();
    }

    int elements() {
      return elements;
    }

    int bytes(int rows) {
      return Math.multiplyExact(rows, type.rowBytes(elements));
    }
  }
}
