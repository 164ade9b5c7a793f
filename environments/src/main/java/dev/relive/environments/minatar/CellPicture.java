package dev.relive.environments.minatar;

import java.awt.Color;
import java.awt.Graphics2D;
import java.awt.image.BufferedImage;
import org.jspecify.annotations.Nullable;

/** Draws a board in a terminal, or as coloured cells. */
final class CellPicture {
  private static final int CELL_PIXELS = 32;
  private static final Color GRID = new Color(0x1E1E1E);
  private static final Color EMPTY = new Color(0x101010);

  private CellPicture() {}

  /**
   * A framed board with a letter for the topmost object of each cell, and what the letters mean.
   */
  static String text(Title title, float[] cells) {
    String edge = "+" + "-".repeat(2 * Game.SIZE) + "+\n";
    StringBuilder picture = new StringBuilder(edge);
    for (int row = 0; row < Game.SIZE; row++) {
      picture.append('|');
      for (int column = 0; column < Game.SIZE; column++) {
        Layer layer = topmost(title, cells, row, column);
        picture.append(layer == null ? ' ' : layer.letter()).append(' ');
      }
      picture.append("|\n");
    }
    picture.append(edge);
    for (Layer layer : title.layers()) {
      picture.append(layer.letter()).append(' ').append(layer.name()).append("  ");
    }
    return picture.toString().stripTrailing() + "\n";
  }

  /** A square of 320 pixels. */
  static BufferedImage image(Title title, float[] cells) {
    int pixels = Game.SIZE * CELL_PIXELS;
    BufferedImage image = new BufferedImage(pixels, pixels, BufferedImage.TYPE_INT_RGB);
    Graphics2D graphics = image.createGraphics();
    graphics.setColor(GRID);
    graphics.fillRect(0, 0, pixels, pixels);
    for (int row = 0; row < Game.SIZE; row++) {
      for (int column = 0; column < Game.SIZE; column++) {
        Layer layer = topmost(title, cells, row, column);
        graphics.setColor(layer == null ? EMPTY : new Color(layer.colour()));
        graphics.fillRect(
            column * CELL_PIXELS + 1, row * CELL_PIXELS + 1, CELL_PIXELS - 2, CELL_PIXELS - 2);
      }
    }
    graphics.dispose();
    return image;
  }

  private static @Nullable Layer topmost(Title title, float[] cells, int row, int column) {
    int cell = (row * Game.SIZE + column) * title.channels();
    for (Layer layer : title.layers()) {
      if (cells[cell + layer.channel()] != 0) {
        return layer;
      }
    }
    return null;
  }
}
