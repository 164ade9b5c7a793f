package dev.relive.log;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.ReadOnlyBufferException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;

class ColumnTest {
  @ParameterizedTest
  @CsvSource({
    "FLOAT32, 3, 12", "FLOAT64, 3, 24", "INT8, 3, 3", "UINT8, 3, 3", "INT16, 3, 6", "INT32, 3, 12",
    "INT64, 3, 24", "BIT, 0, 0", "BIT, 1, 1", "BIT, 8, 1", "BIT, 9, 2",
        "BIT, 2147483647, 268435456",
  })
  void aRowHasTheBytesOfItsElements(ElementType type, int elements, int bytes) {
    assertEquals(bytes, type.rowBytes(elements));
  }

  @Test
  void aRowOfMoreThanTwoGigabytesIsRefused() {
    assertEquals(
        "A row of 2147483647 elements of FLOAT32 is more than a record can hold.",
        assertThrows(
                IllegalArgumentException.class,
                () -> ElementType.FLOAT32.rowBytes(Integer.MAX_VALUE))
            .getMessage());
  }

  @Test
  void floatsAreLittleEndianRowsInCOrder() {
    ByteBuffer bytes = ByteBuffer.wrap(new byte[] {0, 0, -128, 63, 0, 0, 0, -64});
    Column column = Column.of(ElementType.FLOAT32, Columns.shape(1, 2), 1, bytes);

    assertArrayEquals(new float[] {1, -2}, floats(column));
    assertEquals(ByteOrder.LITTLE_ENDIAN, column.data().order());
    assertEquals(1, column.data().getFloat(0));
  }

  @Test
  void everyTypeBecomesFloats() {
    assertArrayEquals(
        new float[] {0.1f, -3}, floats(Columns.float64(Columns.scalar(), 2, 0.1, -3)));
    assertArrayEquals(new float[] {-1, 127}, floats(integers(ElementType.INT8, -1, 127)));
    assertArrayEquals(new float[] {255, 128}, floats(integers(ElementType.UINT8, 255, 128)));
    assertArrayEquals(new float[] {-32768, 7}, floats(integers(ElementType.INT16, -32768, 7)));
    assertArrayEquals(new float[] {-70_000, 7}, floats(integers(ElementType.INT32, -70_000, 7)));
    assertArrayEquals(
        new float[] {1L << 40, -7}, floats(integers(ElementType.INT64, 1L << 40, -7)));
  }

  @Test
  void everyIntegerTypeBecomesInts() {
    assertArrayEquals(new int[] {-1, 127}, ints(integers(ElementType.INT8, -1, 127)));
    assertArrayEquals(new int[] {255, 128}, ints(integers(ElementType.UINT8, 255, 128)));
    assertArrayEquals(new int[] {-32768, 7}, ints(integers(ElementType.INT16, -32768, 7)));
    assertArrayEquals(
        new int[] {Integer.MIN_VALUE, 7}, ints(integers(ElementType.INT32, 1L << 31, 7)));
    assertArrayEquals(new int[] {-7, 9}, ints(integers(ElementType.INT64, -7, 9)));
  }

  @Test
  void bitsAreReadLowestFirstFromRowsOfWholeBytes() {
    // Row 0: bits 1,0,1,0,0,0,0,0 and 1,1; row 1: all 0 but the ninth. Padding is not looked at.
    Column column =
        Columns.integers(ElementType.BIT, Columns.shape(10), 2, 0b101, 0b1111_1111, 0, 0b01);

    assertArrayEquals(
        new int[] {1, 0, 1, 0, 0, 0, 0, 0, 1, 1, 0, 0, 0, 0, 0, 0, 0, 0, 1, 0}, ints(column));
    assertArrayEquals(
        new float[] {1, 0, 1, 0, 0, 0, 0, 0, 1, 1, 0, 0, 0, 0, 0, 0, 0, 0, 1, 0}, floats(column));
  }

  @ParameterizedTest
  @EnumSource(ElementType.class)
  void rowsAreCopiedFromAnyRowToAnyPlace(ElementType type) {
    byte[] data = new byte[5 * type.rowBytes(9)];
    for (int i = 0; i < data.length; i++) {
      data[i] = (byte) (37 * i + 11);
    }
    ByteBuffer padded = ByteBuffer.allocate(data.length + 8).position(3);
    padded.duplicate().put(data);
    padded.limit(3 + data.length);
    Column column = Column.of(type, Columns.shape(3, 3), 5, padded);
    float[] all = floats(column);

    float[] target = new float[30];
    column.copyRows(2, 2, target, 5);

    for (int i = 0; i < target.length; i++) {
      assertEquals(i < 5 || i >= 23 ? 0 : all[18 + i - 5], target[i]);
    }
  }

  @ParameterizedTest
  @EnumSource(
      value = ElementType.class,
      names = {"FLOAT32", "FLOAT64"},
      mode = EnumSource.Mode.INCLUDE)
  void floatingPointNumbersAreNoIntegersEvenWhereThereAreNone(ElementType type) {
    Column column = Column.of(type, Columns.scalar(), 0, ByteBuffer.allocate(0));

    assertThrows(IllegalStateException.class, () -> column.copyRows(0, 0, new int[0], 0));
  }

  @Test
  void anIntegerOf64BitsThatIsNoIntIsRefused() {
    Column column = integers(ElementType.INT64, 1L << 31);

    assertThrows(ArithmeticException.class, () -> ints(column));
  }

  @ParameterizedTest
  @CsvSource({"-1, 1, 0", "0, 3, 0", "2, 1, 0", "0, -1, 0", "0, 2, 3", "0, 1, -1"})
  void rowsAndPlacesOutsideAreRefusedBeforeAnythingIsCopied(int first, int count, int offset) {
    Column column = Columns.float32(Columns.shape(2), 2, 1, 2, 3, 4);
    float[] target = new float[6];

    assertThrows(
        IndexOutOfBoundsException.class, () -> column.copyRows(first, count, target, offset));
    assertArrayEquals(new float[6], target);
  }

  @Test
  void aColumnIsAViewThatLeavesTheBufferAlone() {
    ByteBuffer bytes = ByteBuffer.allocate(6).position(2);
    Column column = Column.of(ElementType.UINT8, Columns.shape(2), 2, bytes);
    bytes.put(5, (byte) 9);

    assertEquals(2, bytes.position());
    assertEquals(ByteOrder.BIG_ENDIAN, bytes.order());
    assertArrayEquals(new int[] {0, 0, 0, 9}, ints(column));
    assertTrue(column.data().isReadOnly());
    assertThrows(ReadOnlyBufferException.class, () -> column.data().put(0, (byte) 1));
    column.data().get();
    assertEquals(4, column.data().remaining());
  }

  @Test
  void theShapeCannotBeChangedFromOutside() {
    int[] shape = {2};
    Column column = Column.of(ElementType.UINT8, shape, 1, ByteBuffer.allocate(2));
    shape[0] = 5;
    column.shape()[0] = 7;

    assertArrayEquals(new int[] {2}, column.shape());
  }

  @Test
  void bytesThatAreNotTheRowsAreRefused() {
    assertRefused("3 rows of FLOAT32[2, 2] take 48 bytes, not 47.", Columns.shape(2, 2), 3, 47);
  }

  @Test
  void shapesWithoutAUsableSizeAreRefused() {
    assertRefused("A row of shape [-1] has no size that fits a record.", Columns.shape(-1), 1, 0);
    assertRefused(
        "A row of shape [65536, 65536] has no size that fits a record.",
        Columns.shape(1 << 16, 1 << 16),
        1,
        0);
    assertRefused(
        "A row of 1073741824 elements of FLOAT32 is more than a record can hold.",
        Columns.shape(1 << 30),
        1,
        0);
    assertRefused("A row must have at most 32 dimensions, not 33.", new int[33], 1, 0);
    assertRefused(
        "-1 rows of 0 elements are no column that fits a record.", Columns.shape(0), -1, 0);
    assertRefused(
        "1073741824 rows of 2 elements are no column that fits a record.",
        Columns.shape(2),
        1 << 30,
        0);
  }

  @Test
  void rowsMayBeEmpty() {
    Column column = Column.of(ElementType.INT64, Columns.shape(3, 0), 4, ByteBuffer.allocate(0));

    assertEquals(0, column.rowElements());
    assertArrayEquals(new int[0], ints(column));
  }

  @Test
  void columnsAreEqualByTypeShapeAndBytes() {
    Column column = Columns.integers(ElementType.UINT8, Columns.shape(2), 1, 1, 2);

    assertEquals(column, Columns.integers(ElementType.UINT8, Columns.shape(2), 1, 1, 2));
    assertEquals(
        column.hashCode(),
        Columns.integers(ElementType.UINT8, Columns.shape(2), 1, 1, 2).hashCode());
    assertNotEquals(column, Columns.integers(ElementType.INT8, Columns.shape(2), 1, 1, 2));
    assertNotEquals(column, Columns.integers(ElementType.UINT8, Columns.shape(2, 1), 1, 1, 2));
    assertNotEquals(column, Columns.integers(ElementType.UINT8, Columns.shape(1), 2, 1, 2));
    assertNotEquals(column, Columns.integers(ElementType.UINT8, Columns.shape(2), 1, 1, 3));
    assertEquals("1 rows of UINT8[2]", column.toString());
  }

  private static void assertRefused(String message, int[] shape, int rows, int bytes) {
    assertEquals(
        message,
        assertThrows(
                IllegalArgumentException.class,
                () -> Column.of(ElementType.FLOAT32, shape, rows, ByteBuffer.allocate(bytes)))
            .getMessage());
  }

  private static Column integers(ElementType type, long... values) {
    return Columns.integers(type, Columns.scalar(), values.length, values);
  }

  private static float[] floats(Column column) {
    float[] values = new float[column.rows() * column.rowElements()];
    column.copyRows(0, column.rows(), values, 0);
    return values;
  }

  private static int[] ints(Column column) {
    int[] values = new int[column.rows() * column.rowElements()];
    column.copyRows(0, column.rows(), values, 0);
    return values;
  }
}
