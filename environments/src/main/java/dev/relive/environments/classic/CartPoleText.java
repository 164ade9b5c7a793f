package dev.relive.environments.classic;

import java.util.Arrays;

/** Draws a cart and its pole in a terminal. */
final class CartPoleText {
  /**
   * From the middle of the track to its ends, and from there to the edges, where a cart can still
   * be seen.
   */
  private static final int HALF_TRACK = 30;

  private static final int MARGIN = 5;
  private static final int MIDDLE = HALF_TRACK + MARGIN;
  private static final int COLUMNS = 2 * MIDDLE + 1;
  private static final int POLE_ROWS = 8;

  /** A character of a terminal is about twice as high as wide. */
  private static final double COLUMNS_PER_ROW = 2;

  private static final String CART = "[=====]";

  private CartPoleText() {}

  /**
   * Ten lines: the pole, the cart, the track.
   *
   * @param x the cart's position; the track reaches as far as it may go
   * @param theta the pole's angle, clockwise from upright
   */
  static String picture(double x, double theta) {
    char[][] rows = new char[POLE_ROWS + 2][COLUMNS];
    for (char[] row : rows) {
      Arrays.fill(row, ' ');
    }
    int cart = MIDDLE + (int) Math.round(x / CartPoleDynamics.POSITION_LIMIT * HALF_TRACK);
    for (int height = 1; height <= POLE_ROWS; height++) {
      // The pole keeps its length, so the height of its parts shrinks as it falls.
      int row = POLE_ROWS - (int) Math.round(height * Math.cos(theta));
      int column = cart + (int) Math.round(height * Math.sin(theta) * COLUMNS_PER_ROW);
      put(rows, row, column, Math.abs(theta) < 0.06 ? '|' : theta > 0 ? '/' : '\\');
    }
    for (int i = 0; i < CART.length(); i++) {
      put(rows, POLE_ROWS, cart - CART.length() / 2 + i, CART.charAt(i));
    }
    Arrays.fill(rows[POLE_ROWS + 1], MARGIN, COLUMNS - MARGIN, '-');
    put(rows, POLE_ROWS + 1, MIDDLE, '+');

    StringBuilder picture = new StringBuilder();
    for (char[] row : rows) {
      picture.append(new String(row).stripTrailing()).append('\n');
    }
    return picture.toString();
  }

  private static void put(char[][] rows, int row, int column, char character) {
    if (row >= 0 && row < rows.length && column >= 0 && column < COLUMNS) {
      rows[row][column] = character;
    }
  }
}
