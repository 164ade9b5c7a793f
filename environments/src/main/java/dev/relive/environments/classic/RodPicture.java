package dev.relive.environments.classic;

import java.awt.Color;
import java.awt.image.BufferedImage;

/**
 * Draws rods that hang on one another, the first on a fixed joint in the middle.
 *
 * @param x where each rod ends, in lengths of a rod to the right of the joint
 * @param y and above it
 * @param line the height that the last tip is to get above; NaN: none
 */
@SuppressWarnings("ArrayRecordComponent") // a picture to draw, not a value to compare
record RodPicture(double[] x, double[] y, double line) {
  private static final int HALF_ROWS = 8;
  private static final int HALF_COLUMNS = (int) (HALF_ROWS * TextCanvas.COLUMNS_PER_ROW);

  /** One rod, its angle counterclockwise from upright. */
  static RodPicture pendulum(double theta) {
    return new RodPicture(
        new double[] {-Math.sin(theta)}, new double[] {Math.cos(theta)}, Double.NaN);
  }

  /** Two rods, the first's angle counterclockwise from hanging down. */
  static RodPicture acrobot(double theta1, double theta2) {
    double x = Math.sin(theta1);
    double y = -Math.cos(theta1);
    return new RodPicture(
        new double[] {x, x + Math.sin(theta1 + theta2)},
        new double[] {y, y - Math.cos(theta1 + theta2)},
        1);
  }

  /** Seventeen lines: the rods of stars, the joint + and the last tip O. */
  String text() {
    TextCanvas canvas = new TextCanvas(2 * HALF_ROWS + 1, 2 * HALF_COLUMNS + 1);
    double scale = (HALF_ROWS - 1.0) / x.length;
    if (!Double.isNaN(line)) {
      canvas.put(Math.round(HALF_ROWS - line * scale), 0, "-".repeat(2 * HALF_COLUMNS + 1));
    }
    double row = HALF_ROWS;
    double column = HALF_COLUMNS;
    for (int i = 0; i < x.length; i++) {
      double toRow = HALF_ROWS - y[i] * scale;
      double toColumn = HALF_COLUMNS + x[i] * scale * TextCanvas.COLUMNS_PER_ROW;
      canvas.line(row, column, toRow, toColumn, '*');
      row = toRow;
      column = toColumn;
    }
    canvas.put(HALF_ROWS, HALF_COLUMNS, '+');
    canvas.put(Math.round(row), Math.round(column), 'O');
    return canvas.text();
  }

  BufferedImage image() {
    Canvas canvas = new Canvas();
    double scale = (Canvas.HEIGHT / 2.0 - 20) / x.length;
    double middleX = Canvas.WIDTH / 2.0;
    double middleY = Canvas.HEIGHT / 2.0;
    if (!Double.isNaN(line)) {
      double height = middleY - line * scale;
      canvas.line(0, height, Canvas.WIDTH, height, 2, Color.GRAY);
    }
    double fromX = middleX;
    double fromY = middleY;
    for (int i = 0; i < x.length; i++) {
      double toX = middleX + x[i] * scale;
      double toY = middleY - y[i] * scale;
      canvas.line(fromX, fromY, toX, toY, 14, Canvas.WOOD);
      canvas.disc(fromX, fromY, 6, Canvas.JOINT);
      fromX = toX;
      fromY = toY;
    }
    return canvas.image();
  }
}
