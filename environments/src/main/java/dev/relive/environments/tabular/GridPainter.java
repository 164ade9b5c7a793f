package dev.relive.environments.tabular;

import java.awt.Color;
import java.awt.Font;
import java.awt.FontMetrics;
import java.awt.Graphics2D;
import java.awt.RenderingHints;
import java.awt.image.BufferedImage;

/** Paints a grid of square cells, rows counted from the top. */
public final class GridPainter {
  private static final int CELL = 48;
  private static final int WALL = 4;
  private static final Color LINES = new Color(200, 200, 200);

  private final BufferedImage image;
  private final Graphics2D graphics;

  /** An empty, white grid. */
  public GridPainter(int rows, int columns) {
    image = new BufferedImage(columns * CELL, rows * CELL, BufferedImage.TYPE_INT_RGB);
    graphics = image.createGraphics();
    graphics.setRenderingHint(RenderingHints.KEY_ANTIALIASING, RenderingHints.VALUE_ANTIALIAS_ON);
    for (int row = 0; row < rows; row++) {
      for (int column = 0; column < columns; column++) {
        fill(row, column, Color.WHITE);
      }
    }
  }

  /** Colours a cell. */
  public void fill(int row, int column, Color color) {
    graphics.setColor(color);
    graphics.fillRect(column * CELL, row * CELL, CELL, CELL);
    graphics.setColor(LINES);
    graphics.drawRect(column * CELL, row * CELL, CELL, CELL);
  }

  /** Writes a letter or two in the middle of a cell. */
  public void write(int row, int column, String letters) {
    graphics.setColor(Color.BLACK);
    graphics.setFont(new Font(Font.SANS_SERIF, Font.BOLD, 18));
    FontMetrics metrics = graphics.getFontMetrics();
    graphics.drawString(
        letters,
        column * CELL + (CELL - metrics.stringWidth(letters)) / 2,
        row * CELL + (CELL - metrics.getHeight()) / 2 + metrics.getAscent());
  }

  /** Puts a disc in the middle of a cell, its diameter a share of the cell. */
  public void disc(int row, int column, double share, Color color) {
    int diameter = (int) (CELL * share);
    int margin = (CELL - diameter) / 2;
    graphics.setColor(color);
    graphics.fillOval(column * CELL + margin, row * CELL + margin, diameter, diameter);
  }

  /** Builds a wall along the right side of a cell. */
  public void wallRightOf(int row, int column) {
    graphics.setColor(Color.BLACK);
    graphics.fillRect((column + 1) * CELL - WALL / 2, row * CELL, WALL, CELL);
  }

  /** What was painted, when no more is to be. */
  public BufferedImage image() {
    graphics.dispose();
    return image;
  }
}
