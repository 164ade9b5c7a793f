package dev.relive.log;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.Arrays;
import java.util.Objects;

/**
 * A column of equal rows: a view of little-endian elements, in C order, that copies nothing. The
 * bytes belong to whoever made the column; a reader's column is valid until the reader is asked for
 * more, so what is kept must be copied out.
 */
public final class Column {
  private final ElementType type;
  private final int[] shape;
  private final int rows;
  private final int rowElements;
  private final ByteBuffer data;

  private Column(ElementType type, int[] shape, int rows, int rowElements, ByteBuffer data) {
    this.type = type;
    this.shape = shape;
    this.rows = rows;
    this.rowElements = rowElements;
    this.data = data;
  }

  /**
   * A column over the remaining bytes of a buffer.
   *
   * @param shape the shape of one row; empty for scalars
   * @param rows number of rows
   * @throws IllegalArgumentException when the bytes are not exactly {@code rows} rows
   */
  public static Column of(ElementType type, int[] shape, int rows, ByteBuffer data) {
    long elements = 1;
    for (int extent : shape) {
      if (extent < 0 || (elements *= extent) > Integer.MAX_VALUE) {
        throw new IllegalArgumentException(
            "A row of shape " + Arrays.toString(shape) + " has no size that fits a record.");
      }
    }
    long bytes = (long) rows * type.rowBytes((int) elements);
    if (bytes != data.remaining()) {
      throw new IllegalArgumentException(
          "A column of "
              + rows
              + " rows of "
              + type
              + Arrays.toString(shape)
              + " takes "
              + bytes
              + " bytes, not "
              + data.remaining()
              + ".");
    }
    return new Column(
        type, shape.clone(), rows, (int) elements, data.slice().order(ByteOrder.LITTLE_ENDIAN));
  }

  /** How elements are stored. */
  public ElementType type() {
    return type;
  }

  /** The shape of one row; empty for scalars. */
  public int[] shape() {
    return shape.clone();
  }

  /** Number of rows. */
  public int rows() {
    return rows;
  }

  /** Elements in one row. */
  public int rowElements() {
    return rowElements;
  }

  /** The bytes of all rows, little-endian, read-only. */
  public ByteBuffer data() {
    return data.asReadOnlyBuffer().order(ByteOrder.LITTLE_ENDIAN);
  }

  /** The bytes without a read-only guard, for the codec. */
  ByteBuffer bytes() {
    return data.duplicate();
  }

  /**
   * Copies rows as float32, converting where the type is another.
   *
   * @param firstRow the first row to copy
   * @param count rows to copy
   * @param target receives {@code count × rowElements} values from {@code offset} on
   */
  public void copyRows(int firstRow, int count, float[] target, int offset) {
    Objects.checkFromIndexSize(firstRow, count, rows);
    int first = firstRow * rowElements;
    int elements = count * rowElements;
    switch (type) {
      case FLOAT32 -> data.asFloatBuffer().get(first, target, offset, elements);
      case FLOAT64 -> {
        for (int i = 0; i < elements; i++) {
          target[offset + i] = (float) data.getDouble((first + i) * 8);
        }
      }
      case BIT -> copyBits(firstRow, count, target, offset);
      default -> {
        for (int i = 0; i < elements; i++) {
          target[offset + i] = integer(first + i);
        }
      }
    }
  }

  /**
   * Copies rows of an integer type as int.
   *
   * @throws IllegalStateException when the elements are floating-point numbers or bits
   */
  public void copyRows(int firstRow, int count, int[] target, int offset) {
    Objects.checkFromIndexSize(firstRow, count, rows);
    int first = firstRow * rowElements;
    int elements = count * rowElements;
    for (int i = 0; i < elements; i++) {
      target[offset + i] = Math.toIntExact(integer(first + i));
    }
  }

  private long integer(int index) {
    return switch (type) {
      case INT8 -> data.get(index);
      case UINT8 -> data.get(index) & 0xff;
      case INT16 -> data.getShort(index * 2);
      case INT32 -> data.getInt(index * 4);
      case INT64 -> data.getLong(index * 8);
      default -> throw new IllegalStateException("A column of " + type + " holds no integers.");
    };
  }

  private void copyBits(int firstRow, int count, float[] target, int offset) {
    int rowBytes = type.rowBytes(rowElements);
    for (int row = 0; row < count; row++) {
      int start = (firstRow + row) * rowBytes;
      for (int i = 0; i < rowElements; i++) {
        target[offset + row * rowElements + i] = (data.get(start + (i >> 3)) >> (i & 7)) & 1;
      }
    }
  }

  /** Columns are equal when type, shape and bytes are. */
  @Override
  public boolean equals(Object other) {
    return other instanceof Column column
        && type == column.type
        && rows == column.rows
        && Arrays.equals(shape, column.shape)
        && data.equals(column.data);
  }

  @Override
  public int hashCode() {
    return Objects.hash(type, rows, Arrays.hashCode(shape), data);
  }

  @Override
  public String toString() {
    return rows + " rows of " + type + Arrays.toString(shape);
  }
}
