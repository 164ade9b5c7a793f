package dev.relive.environments.classic;

import java.util.Arrays;

/** Characters in rows and columns, for pictures in a terminal. */
final class TextCanvas {
  /** A character of a terminal is about twice as high as wide. */
  static final double COLUMNS_PER_ROW = 2;

  private final char[][] rows;

  TextCanvas(int rows, int columns) {
    this.rows = new char[rows][columns];
    for (char[] row : this.rows) {
      Arrays.fill(row, ' ');
    }
  }

  /** Puts a character; what is out of the picture is not drawn. */
  void put(long row, long column, char character) {
    if (row >= 0 && row < rows.length && column >= 0 && column < rows[0].length) {
      rows[(int) row][(int) column] = character;
    }
  }

  void put(long row, long column, String characters) {
    for (int i = 0; i < characters.length(); i++) {
      put(row, column + i, characters.charAt(i));
    }
  }

  /** Puts the same character along a line. */
  void line(double fromRow, double fromColumn, double toRow, double toColumn, char character) {
    int parts = 1 + (int) Math.max(Math.abs(toRow - fromRow), Math.abs(toColumn - fromColumn));
    for (int i = 0; i <= parts; i++) {
      double share = (double) i / parts;
      put(
          Math.round(fromRow + share * (toRow - fromRow)),
          Math.round(fromColumn + share * (toColumn - fromColumn)),
          character);
    }
  }

  /** Lines without spaces at their ends. */
  String text() {
    StringBuilder text = new StringBuilder();
    for (char[] row : rows) {
      text.append(new String(row).stripTrailing()).append('\n');
    }
    return text.toString();
  }
}
