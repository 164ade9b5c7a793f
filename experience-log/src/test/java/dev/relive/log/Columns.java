package dev.relive.log;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;

/** Columns from plain values. */
final class Columns {
  private Columns() {}

  static Column float32(int[] shape, int rows, double... values) {
    ByteBuffer data = buffer(4 * values.length);
    for (double value : values) {
      data.putFloat((float) value);
    }
    return Column.of(ElementType.FLOAT32, shape, rows, data.flip());
  }

  static Column float64(int[] shape, int rows, double... values) {
    ByteBuffer data = buffer(8 * values.length);
    for (double value : values) {
      data.putDouble(value);
    }
    return Column.of(ElementType.FLOAT64, shape, rows, data.flip());
  }

  /** Values of an integer type; of {@link ElementType#BIT}, whole bytes of bits. */
  static Column integers(ElementType type, int[] shape, int rows, long... values) {
    ByteBuffer data = buffer(8 * values.length);
    for (long value : values) {
      switch (type) {
        case INT16 -> data.putShort((short) value);
        case INT32 -> data.putInt((int) value);
        case INT64 -> data.putLong(value);
        default -> data.put((byte) value);
      }
    }
    return Column.of(type, shape, rows, data.flip());
  }

  static int[] scalar() {
    return new int[0];
  }

  static int[] shape(int... extents) {
    return extents;
  }

  private static ByteBuffer buffer(int bytes) {
    return ByteBuffer.allocate(bytes).order(ByteOrder.LITTLE_ENDIAN);
  }
}
