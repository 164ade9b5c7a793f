package dev.relive.environments;

import java.awt.Color;
import java.awt.Font;
import java.awt.Graphics2D;
import java.awt.RenderingHints;
import java.awt.image.BufferedImage;
import java.util.List;

/** Draws lines of text, for what has no other picture. */
public final class TextImage {
  private static final int COLUMN_PIXELS = 9;
  private static final int ROW_PIXELS = 18;
  private static final int MARGIN = 12;

  private TextImage() {}

  /** White letters on black, all of one width. */
  public static BufferedImage of(String text) {
    List<String> lines = text.lines().toList();
    int columns = lines.stream().mapToInt(String::length).max().orElse(0);
    BufferedImage image =
        new BufferedImage(
            2 * MARGIN + COLUMN_PIXELS * Math.max(columns, 1),
            2 * MARGIN + ROW_PIXELS * Math.max(lines.size(), 1),
            BufferedImage.TYPE_INT_RGB);
    Graphics2D graphics = image.createGraphics();
    graphics.setRenderingHint(
        RenderingHints.KEY_TEXT_ANTIALIASING, RenderingHints.VALUE_TEXT_ANTIALIAS_ON);
    graphics.setFont(new Font(Font.MONOSPACED, Font.PLAIN, 15));
    graphics.setColor(Color.WHITE);
    for (int row = 0; row < lines.size(); row++) {
      graphics.drawString(lines.get(row), MARGIN, MARGIN + ROW_PIXELS * (row + 1) - 4);
    }
    graphics.dispose();
    return image;
  }
}
