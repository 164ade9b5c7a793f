package dev.relive.log;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.FloatBuffer;
import java.util.Arrays;
import java.util.Objects;

/**
 * A column of equal rows: a view of little-endian elements, in C order, that copies nothing. The
 * bytes belong to whoever made the column; a reader's column is valid until the reader is asked for
 * more, so what is kept must be copied out.
 */
public final class Column {
  /** The most dimensions that a row may have. */
  static final int MAX_RANK = 32;

  private final ElementType type;
  private final int[] shape;
  private final int rows;
  private final int rowElements;
  // Positioned at the first row, which is at index `start`.
  private final ByteBuffer data;
  private final int start;

  private Column(ElementType type, int[] shape, int rows, int rowElements, ByteBuffer data) {
    this.type = type;
    this.shape = shape;
    this.rows = rows;
    this.rowElements = rowElements;
    this.data = data.order(ByteOrder.LITTLE_ENDIAN);
    this.start = data.position();
  }

  /**
   * A column over the remaining bytes of a buffer.
   *
   * @param shape the shape of one row, at most {@value #MAX_RANK} dimensions; empty for scalars
   * @param rows number of rows
   * @throws IllegalArgumentException when the bytes are not exactly {@code rows} rows
   */
  public static Column of(ElementType type, int[] shape, int rows, ByteBuffer data) {
    return owning(type, shape.clone(), rows, data.duplicate());
  }

  /** A column that keeps the very shape and buffer. */
  static Column owning(ElementType type, int[] shape, int rows, ByteBuffer data) {
    int elements = elements(shape);
    if (rows < 0 || (long) rows * elements > Integer.MAX_VALUE) {
      throw new IllegalArgumentException(
          rows + " rows of " + elements + " elements are no column that fits a record.");
    }
    long bytes = (long) rows * type.rowBytes(elements);
    if (bytes != data.remaining()) {
      throw new IllegalArgumentException(
          rows
              + " rows of "
              + type
              + Arrays.toString(shape)
              + " take "
              + bytes
              + " bytes, not "
              + data.remaining()
              + ".");
    }
    return new Column(type, shape, rows, elements, data);
  }

  private static int elements(int[] shape) {
    if (shape.length > MAX_RANK) {
      throw new IllegalArgumentException(
          "A row must have at most " + MAX_RANK + " dimensions, not " + shape.length + ".");
    }
    long elements = 1;
    for (int extent : shape) {
      if (extent < 0 || (elements *= extent) > Integer.MAX_VALUE) {
        throw new IllegalArgumentException(
            "A row of shape " + Arrays.toString(shape) + " has no size that fits a record.");
      }
    }
    return (int) elements;
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

  /** A view of some of the rows. */
  Column rows(int first, int count) {
    Objects.checkFromIndexSize(first, count, rows);
    int rowBytes = type.rowBytes(rowElements);
    ByteBuffer part = data.duplicate();
    part.position(start + first * rowBytes).limit(start + (first + count) * rowBytes);
    return new Column(type, shape, count, rowElements, part);
  }

  /** The same in memory of its own. */
  Column copy() {
    ByteBuffer bytes = ByteBuffer.allocate(data.remaining());
    bytes.put(data.duplicate()).flip();
    return new Column(type, shape, rows, rowElements, bytes);
  }

  /** The bytes of all rows, little-endian, read-only. */
  public ByteBuffer data() {
    return data.slice().asReadOnlyBuffer().order(ByteOrder.LITTLE_ENDIAN);
  }

  /** The bytes without a read-only guard, for the codec. */
  ByteBuffer bytes() {
    return data.duplicate();
  }

  /**
   * Copies rows as float32, converting where the type is another; bits become 0 and 1.
   *
   * @param firstRow the first row to copy
   * @param count rows to copy
   * @param target receives {@code count × rowElements} values from {@code offset} on
   * @throws IndexOutOfBoundsException when the rows are not in the column or the target is too
   *     short
   */
  public void copyRows(int firstRow, int count, float[] target, int offset) {
    checkRange(firstRow, count, target.length, offset);
    int first = firstRow * rowElements;
    int end = offset + count * rowElements;
    // One loop a type: a choice of the type inside the loop would be made for every element.
    switch (type) {
      case FLOAT32 -> data.asFloatBuffer().get(first, target, offset, end - offset);
      case FLOAT64 -> {
        for (int t = offset, i = first; t < end; t++, i++) {
          target[t] = (float) data.getDouble(start + i * 8);
        }
      }
      case INT8 -> {
        for (int t = offset, i = first; t < end; t++, i++) {
          target[t] = data.get(start + i);
        }
      }
      case UINT8 -> {
        for (int t = offset, i = first; t < end; t++, i++) {
          target[t] = data.get(start + i) & 0xff;
        }
      }
      case INT16 -> {
        for (int t = offset, i = first; t < end; t++, i++) {
          target[t] = data.getShort(start + i * 2);
        }
      }
      case INT32 -> {
        for (int t = offset, i = first; t < end; t++, i++) {
          target[t] = data.getInt(start + i * 4);
        }
      }
      case INT64 -> {
        for (int t = offset, i = first; t < end; t++, i++) {
          target[t] = data.getLong(start + i * 8);
        }
      }
      case BIT -> {
        for (int t = offset, row = firstRow; t < end; row++) {
          for (int i = 0; i < rowElements; i++) {
            target[t++] = bit(row, i);
          }
        }
      }
    }
  }

  /**
   * Copies rows as int; bits become 0 and 1.
   *
   * @param firstRow the first row to copy
   * @param count rows to copy
   * @param target receives {@code count × rowElements} values from {@code offset} on
   * @throws IllegalStateException when the elements are floating-point numbers
   * @throws ArithmeticException when an element of INT64 is no int
   * @throws IndexOutOfBoundsException when the rows are not in the column or the target is too
   *     short
   */
  public void copyRows(int firstRow, int count, int[] target, int offset) {
    checkRange(firstRow, count, target.length, offset);
    int first = firstRow * rowElements;
    int end = offset + count * rowElements;
    switch (type) {
      case FLOAT32, FLOAT64 ->
          throw new IllegalStateException("A column of " + type + " holds no integers.");
      case INT8 -> {
        for (int t = offset, i = first; t < end; t++, i++) {
          target[t] = data.get(start + i);
        }
      }
      case UINT8 -> {
        for (int t = offset, i = first; t < end; t++, i++) {
          target[t] = data.get(start + i) & 0xff;
        }
      }
      case INT16 -> {
        for (int t = offset, i = first; t < end; t++, i++) {
          target[t] = data.getShort(start + i * 2);
        }
      }
      case INT32 -> data.asIntBuffer().get(first, target, offset, end - offset);
      case INT64 -> {
        for (int t = offset, i = first; t < end; t++, i++) {
          target[t] = Math.toIntExact(data.getLong(start + i * 8));
        }
      }
      case BIT -> {
        for (int t = offset, row = firstRow; t < end; row++) {
          for (int i = 0; i < rowElements; i++) {
            target[t++] = bit(row, i);
          }
        }
      }
    }
  }

  /** Whether every element is an integer from {@code least} to {@code most}. */
  boolean isIntegersWithin(long least, long most) {
    if (type == ElementType.FLOAT32 || type == ElementType.FLOAT64) {
      return false;
    }
    for (int row = 0; row < rows; row++) {
      for (int i = 0; i < rowElements; i++) {
        long value = integer(row, i);
        if (value < least || value > most) {
          return false;
        }
      }
    }
    return true;
  }

  /** Whether one element is, in every row, an integer from {@code least} to {@code most}. */
  boolean isIntegerWithin(int element, long least, long most) {
    for (int row = 0; row < rows; row++) {
      int i = row * rowElements + element;
      double value =
          switch (type) {
            case FLOAT32 -> data.getFloat(start + i * 4);
            case FLOAT64 -> data.getDouble(start + i * 8);
            default -> integer(row, element);
          };
      if (!(value >= least && value <= most && value == Math.rint(value))) {
        return false;
      }
    }
    return true;
  }

  /** Whether no element is infinite or NaN. */
  boolean isFinite() {
    int elements = rows * rowElements;
    if (type == ElementType.FLOAT32) {
      FloatBuffer values = data.asFloatBuffer();
      float zero = 0;
      for (int i = 0; i < elements; i++) {
        zero += values.get(i) * 0; // 0, or NaN from the first infinity or NaN on
      }
      return zero == 0;
    }
    if (type == ElementType.FLOAT64) {
      for (int i = 0; i < elements; i++) {
        if (!Double.isFinite(data.getDouble(start + i * 8))) {
          return false;
        }
      }
    }
    return true;
  }

  private long integer(int row, int index) {
    int i = row * rowElements + index;
    return switch (type) {
      case INT8 -> data.get(start + i);
      case UINT8 -> data.get(start + i) & 0xff;
      case INT16 -> data.getShort(start + i * 2);
      case INT32 -> data.getInt(start + i * 4);
      case INT64 -> data.getLong(start + i * 8);
      case BIT -> bit(row, index);
      case FLOAT32, FLOAT64 ->
          throw new IllegalStateException("A column of " + type + " holds no integers.");
    };
  }

  private void checkRange(int firstRow, int count, int targetLength, int offset) {
    Objects.checkFromIndexSize(firstRow, count, rows);
    Objects.checkFromIndexSize(offset, count * rowElements, targetLength);
  }

  private int bit(int row, int index) {
    int rowBytes = (rowElements + 7) / 8;
    return (data.get(start + row * rowBytes + (index >> 3)) >> (index & 7)) & 1;
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
