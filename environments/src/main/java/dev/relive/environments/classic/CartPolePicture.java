package dev.relive.environments.classic;

import java.awt.Color;
import java.awt.image.BufferedImage;

/** Draws a cart and its pole. */
final class CartPolePicture {
  /**
   * From the middle of the track to its ends, and from there to the edges, where a cart can still
   * be seen.
   */
  private static final int HALF_TRACK = 30;

  private static final int MARGIN = 5;
  private static final int MIDDLE = HALF_TRACK + MARGIN;
  private static final int POLE_ROWS = 8;
  private static final String CART = "[=====]";

  private static final double TRACK_HEIGHT = 300;
  private static final double POLE_PIXELS = 180;

  private CartPolePicture() {}

  /**
   * Ten lines: the pole, the cart, the track.
   *
   * @param x the cart's position; the track reaches as far as it may go
   * @param theta the pole's angle, clockwise from upright
   */
  static String text(double x, double theta) {
    TextCanvas canvas = new TextCanvas(POLE_ROWS + 2, 2 * MIDDLE + 1);
    int cart = MIDDLE + (int) Math.round(x / CartPoleDynamics.POSITION_LIMIT * HALF_TRACK);
    for (int height = 1; height <= POLE_ROWS; height++) {
      // The pole keeps its length, so the height of its parts shrinks as it falls.
      long row = POLE_ROWS - Math.round(height * Math.cos(theta));
      long column = cart + Math.round(height * Math.sin(theta) * TextCanvas.COLUMNS_PER_ROW);
      canvas.put(row, column, Math.abs(theta) < 0.06 ? '|' : theta > 0 ? '/' : '\\');
    }
    canvas.put(POLE_ROWS, cart - CART.length() / 2, CART);
    canvas.put(POLE_ROWS + 1, MARGIN, "-".repeat(HALF_TRACK) + "+" + "-".repeat(HALF_TRACK));
    return canvas.text();
  }

  static BufferedImage image(double x, double theta) {
    Canvas canvas = new Canvas();
    double cart = Canvas.WIDTH / 2.0 + x / CartPoleDynamics.POSITION_LIMIT * 250;
    canvas.line(0, TRACK_HEIGHT, Canvas.WIDTH, TRACK_HEIGHT, 2, Color.GRAY);
    canvas.rectangle(cart - 30, TRACK_HEIGHT - 18, 60, 36, Color.DARK_GRAY);
    canvas.line(
        cart,
        TRACK_HEIGHT - 8,
        cart + POLE_PIXELS * Math.sin(theta),
        TRACK_HEIGHT - 8 - POLE_PIXELS * Math.cos(theta),
        12,
        Canvas.WOOD);
    canvas.disc(cart, TRACK_HEIGHT - 8, 6, Canvas.JOINT);
    return canvas.image();
  }
}
