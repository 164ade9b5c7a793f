package dev.relive.producers;

import dev.relive.agents.EnvironmentMessages;
import dev.relive.environments.Discrete;
import dev.relive.environments.EnvironmentSpec;
import dev.relive.environments.Space;
import dev.relive.log.ElementType;

/**
 * How a producer's segments store their columns.
 *
 * @param capacity most transitions of a segment
 * @param observation a row of the observations
 * @param action a row of the actions, of an integer type
 */
record SegmentLayout(int capacity, Row observation, Row action) {
  /** Rewards and probabilities: one number a row. */
  static final Row NUMBER = new Row(ElementType.FLOAT32);

  /**
   * The layout for an environment.
   *
   * @throws IllegalArgumentException when its actions are not integers
   */
  static SegmentLayout of(EnvironmentSpec environment, int segmentLength) {
    return new SegmentLayout(
        segmentLength,
        row(environment.observationSpace()),
        action(environment.id(), environment.actionSpace()));
  }

  private static Row row(Space space) {
    return new Row(EnvironmentMessages.elementType(space), EnvironmentMessages.rowShape(space));
  }

  private static Row action(String environment, Space space) {
    if (space instanceof Discrete) {
      return row(space);
    }
    throw new IllegalArgumentException(
        "The actions of %s are %s, and must be discrete.".formatted(environment, space));
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
