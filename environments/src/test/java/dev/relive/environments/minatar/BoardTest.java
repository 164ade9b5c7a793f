package dev.relive.environments.minatar;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;

import java.util.Arrays;
import java.util.Random;
import org.junit.jupiter.api.Test;

class BoardTest {
  private static final int CHANNELS = 4;
  private static final int SIZE = Board.CELLS * CHANNELS;

  /** Few and many cells in turn, the second of two boards in a row of observations. */
  @Test
  void holdsWhatWasSetSinceItWasClearedAndNothingElse() {
    Random random = new Random(1);
    Board board = new Board(CHANNELS);
    float[] rows = new float[2 * SIZE];
    for (int count : new int[] {3, 127, 128, 129, 300, 2, 0}) {
      float[] expected = new float[2 * SIZE];
      board.clear(rows, SIZE);
      for (int i = 0; i < count; i++) {
        int channel = random.nextInt(CHANNELS);
        int row = random.nextInt(10);
        int column = random.nextInt(10);
        board.set(channel, row, column);
        expected[SIZE + (row * 10 + column) * CHANNELS + channel] = 1;
      }
      assertArrayEquals(expected, rows, count + " cells");
    }
  }

  @Test
  void writesBitsOverSeveralRows() {
    Board board = new Board(CHANNELS);
    float[] rows = new float[SIZE];
    Arrays.fill(rows, 7);
    board.clear(rows, 0);
    board.write(3, 1, 20, 0b1000000001 | (1 << 19));
    float[] expected = new float[SIZE];
    expected[10 * CHANNELS + 3] = 1;
    expected[19 * CHANNELS + 3] = 1;
    expected[29 * CHANNELS + 3] = 1;
    assertArrayEquals(expected, rows);
    board.write(3, 1, 20, 0);
    assertArrayEquals(new float[SIZE], rows);
  }

  @Test
  void setsCellsOfARow() {
    Board board = new Board(CHANNELS);
    float[] rows = new float[SIZE];
    board.clear(rows, 0);
    board.setAll(2, 9, 0b1000000101);
    float[] expected = new float[SIZE];
    for (int column : new int[] {0, 2, 9}) {
      expected[(90 + column) * CHANNELS + 2] = 1;
    }
    assertArrayEquals(expected, rows);
    board.clear(rows, 0);
    assertArrayEquals(new float[SIZE], rows);
  }

  @Test
  void isClearedWholeWhereItNeverWas() {
    Board board = new Board(CHANNELS);
    board.clear(new float[SIZE], 0);
    float[] others = new float[SIZE];
    Arrays.fill(others, 7);
    board.clear(others, 0);
    assertArrayEquals(new float[SIZE], others);
  }
}
