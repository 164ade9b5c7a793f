package dev.relive.environments.classic;

import java.awt.Color;
import java.awt.image.BufferedImage;

/** Draws a car between two hills. */
final class MountainCarPicture {
  private static final int ROWS = 11;
  private static final int COLUMNS = 61;
  private static final double LENGTH = MountainCar.RIGHT_END - MountainCar.LEFT_END;
  private static final double HIGHEST = 1;

  private MountainCarPicture() {}

  /**
   * Eleven lines: the hills as dots, the car O and the flag F at the goal.
   *
   * @param x the car's position
   * @param goal the goal's
   */
  static String text(double x, double goal) {
    TextCanvas canvas = new TextCanvas(ROWS, COLUMNS);
    for (int column = 0; column < COLUMNS; column++) {
      canvas.put(row(MountainCar.LEFT_END + LENGTH * column / (COLUMNS - 1)), column, '.');
    }
    canvas.put(row(goal) - 1, column(goal), 'F');
    canvas.put(row(x) - 1, column(x), 'O');
    return canvas.text();
  }

  private static long row(double x) {
    return ROWS - Math.round(height(x) / HIGHEST * (ROWS - 1));
  }

  private static long column(double x) {
    return Math.round((x - MountainCar.LEFT_END) / LENGTH * (COLUMNS - 1));
  }

  static BufferedImage image(double x, double goal) {
    Canvas canvas = new Canvas();
    int points = 100;
    double[] across = new double[points + 1];
    double[] down = new double[points + 1];
    for (int i = 0; i <= points; i++) {
      double position = MountainCar.LEFT_END + LENGTH * i / points;
      across[i] = across(position);
      down[i] = down(position);
    }
    canvas.curve(across, down, 3, Color.GRAY);
    canvas.line(across(goal), down(goal), across(goal), down(goal) - 50, 2, Color.BLACK);
    canvas.rectangle(across(goal), down(goal) - 50, 25, 15, new Color(204, 204, 0));
    canvas.disc(across(x), down(x) - 12, 12, Color.DARK_GRAY);
    return canvas.image();
  }

  /** How high the hills are; the slope is proportional to cos 3x. */
  private static double height(double x) {
    return Math.sin(3 * x) * 0.45 + 0.55;
  }

  private static double across(double x) {
    return 10 + (x - MountainCar.LEFT_END) / LENGTH * (Canvas.WIDTH - 20);
  }

  private static double down(double x) {
    return Canvas.HEIGHT - 10 - height(x) / HIGHEST * (Canvas.HEIGHT - 80);
  }
}
