package dev.relive.environments.toytext;

import dev.relive.environments.tabular.GridPainter;
import dev.relive.environments.tabular.StatePicture;
import java.awt.Color;
import java.awt.image.BufferedImage;
import java.util.List;

/**
 * Shows a map of letters and where on it one is.
 *
 * @param map rows of the same length: S start, G goal, F or . floor, H hole, C cliff
 */
record GridPicture(List<String> map) implements StatePicture {
  private static final Color AGENT = new Color(214, 80, 60);

  /** A line for each row, and brackets around where one is. */
  @Override
  public String text(int state) {
    StringBuilder text = new StringBuilder();
    int cell = 0;
    for (String row : map) {
      StringBuilder line = new StringBuilder();
      for (int column = 0; column < row.length(); column++) {
        boolean here = cell++ == state;
        line.append(here ? '[' : ' ').append(row.charAt(column)).append(here ? ']' : ' ');
      }
      text.append(line.toString().stripTrailing()).append('\n');
    }
    return text.toString();
  }

  @Override
  public BufferedImage image(int state) {
    int columns = map.get(0).length();
    GridPainter painter = new GridPainter(map.size(), columns);
    for (int row = 0; row < map.size(); row++) {
      for (int column = 0; column < columns; column++) {
        char letter = map.get(row).charAt(column);
        painter.fill(row, column, color(letter));
        if (letter == 'S' || letter == 'G') {
          painter.write(row, column, String.valueOf(letter));
        }
      }
    }
    painter.disc(state / columns, state % columns, 0.5, AGENT);
    return painter.image();
  }

  private static Color color(char letter) {
    return switch (letter) {
      case 'H' -> new Color(60, 110, 170);
      case 'C' -> new Color(120, 90, 70);
      case 'F' -> new Color(225, 240, 250);
      case 'G' -> new Color(170, 220, 150);
      case 'S' -> new Color(245, 235, 190);
      default -> Color.WHITE;
    };
  }
}
