package dev.relive.log;

import org.jspecify.annotations.Nullable;

/** How the elements of a {@link Column} are stored; little-endian. */
public enum ElementType {
  FLOAT32(32, dev.relive.log.wire.ElementType.FLOAT32),
  FLOAT64(64, dev.relive.log.wire.ElementType.FLOAT64),
  INT8(8, dev.relive.log.wire.ElementType.INT8),
  UINT8(8, dev.relive.log.wire.ElementType.UINT8),
  INT16(16, dev.relive.log.wire.ElementType.INT16),
  INT32(32, dev.relive.log.wire.ElementType.INT32),
  INT64(64, dev.relive.log.wire.ElementType.INT64),
  /** One bit an element, lowest bit first, each row padded to whole bytes. */
  BIT(1, dev.relive.log.wire.ElementType.BIT);

  private static final ElementType[] BY_NUMBER = byNumber();

  private final int bits;
  private final dev.relive.log.wire.ElementType wire;

  ElementType(int bits, dev.relive.log.wire.ElementType wire) {
    this.bits = bits;
    this.wire = wire;
  }

  /**
   * Bytes of a row.
   *
   * @param elements elements in the row, at least 0
   * @throws IllegalArgumentException when they are more than a record can hold
   */
  public int rowBytes(int elements) {
    long bytes = ((long) elements * bits + 7) / 8;
    if (bytes > Integer.MAX_VALUE) {
      throw new IllegalArgumentException(
          "A row of " + elements + " elements of " + this + " is more than a record can hold.");
    }
    return (int) bytes;
  }

  /** The type's value in the log's messages. */
  public dev.relive.log.wire.ElementType wire() {
    return wire;
  }

  /** The type for a value of the log's messages, or null where this program knows none. */
  static @Nullable ElementType of(dev.relive.log.wire.ElementType wire) {
    return wire == dev.relive.log.wire.ElementType.UNRECOGNIZED
        ? null
        : BY_NUMBER[wire.getNumber()];
  }

  private static ElementType[] byNumber() {
    ElementType[] types = new ElementType[values().length + 1];
    for (ElementType type : values()) {
      types[type.wire.getNumber()] = type;
    }
    return types;
  }
}
