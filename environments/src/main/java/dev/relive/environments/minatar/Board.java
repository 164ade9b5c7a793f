package dev.relive.environments.minatar;

import java.util.Arrays;

/**
 * One lane's board within rows of observations: 10 × 10 cells with a bit for each channel. Few bits
 * are set, so it notes which they are and clears those alone; clearing whole boards would take a
 * third of a game's time.
 */
final class Board {
  static final int SIZE = 10;
  static final int CELLS = SIZE * SIZE;

  /** So many are noted; after more, which is rare, the whole board is cleared. */
  private static final int MOST_NOTED = 128;

  private final int channels;
  private final int[] noted = new int[MOST_NOTED];
  private float[] observations = {};
  private int start;
  private int count;

  Board(int channels) {
    this.channels = channels;
  }

  /**
   * Clears what was set.
   *
   * @param rows where the board is to be; between two calls with the same rows nothing else writes
   *     there
   * @param offset its first element
   */
  void clear(float[] rows, int offset) {
    if (observations != rows || count > MOST_NOTED) {
      observations = rows;
      start = offset;
      Arrays.fill(rows, offset, offset + CELLS * channels, 0);
    } else {
      for (int i = 0; i < count; i++) {
        rows[noted[i]] = 0;
      }
    }
    count = 0;
  }

  void set(int channel, int row, int column) {
    int element = start + (row * SIZE + column) * channels + channel;
    observations[element] = 1;
    if (count < MOST_NOTED) {
      noted[count] = element;
    }
    count++;
  }

  /**
   * Sets cells of a row.
   *
   * @param columns a bit for each, the lowest for column 0
   */
  void setAll(int channel, int row, int columns) {
    int first = start + row * SIZE * channels + channel;
    int end = count;
    for (int left = columns; left != 0; left &= left - 1) {
      int element = first + Integer.numberOfTrailingZeros(left) * channels;
      observations[element] = 1;
      if (end < MOST_NOTED) {
        noted[end] = element;
      }
      end++;
    }
    count = end;
  }

  /**
   * Writes a channel's cells from the beginning of a row on, which nothing else sets.
   *
   * @param cells how many
   * @param bits a bit for each, the lowest first
   */
  void write(int channel, int row, int cells, int bits) {
    int element = start + row * SIZE * channels + channel;
    for (int i = 0; i < cells; i++, element += channels) {
      observations[element] = (bits >>> i) & 1;
    }
  }
}
