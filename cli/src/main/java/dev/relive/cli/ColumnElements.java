package dev.relive.cli;

import dev.relive.log.Column;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;

/** The elements of a column one by one, as they were written: for looking, not for learning. */
final class ColumnElements {

  private ColumnElements() {}

  /**
   * A row's elements, in C order: integers, or floating-point numbers of the column's precision.
   */
  static List<Number> row(Column column, int row) {
    List<Number> elements = new ArrayList<>(column.rowElements());
    ByteBuffer data = column.data();
    for (int i = 0; i < column.rowElements(); i++) {
      int index = row * column.rowElements() + i;
      elements.add(
          switch (column.type()) {
            case FLOAT32 -> data.getFloat(index * Float.BYTES);
            case FLOAT64 -> data.getDouble(index * Double.BYTES);
            case INT64 -> data.getLong(index * Long.BYTES);
            case INT32 -> data.getInt(index * Integer.BYTES);
            case INT16 -> data.getShort(index * Short.BYTES);
            case INT8 -> data.get(index);
            case UINT8 -> data.get(index) & 0xff;
            case BIT -> bit(column, data, row, i);
          });
    }
    return elements;
  }

  private static int bit(Column column, ByteBuffer data, int row, int index) {
    int rowBytes = (column.rowElements() + 7) / 8;
    return data.get(row * rowBytes + index / 8) >> index % 8 & 1;
  }

  /** Whether a row is one number and no array. */
  static boolean isScalar(Column column) {
    return column.shape().length == 0;
  }
}
