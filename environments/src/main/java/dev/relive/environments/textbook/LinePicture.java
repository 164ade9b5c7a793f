package dev.relive.environments.textbook;

import dev.relive.environments.tabular.GridPainter;
import dev.relive.environments.tabular.StatePicture;
import java.awt.Color;
import java.awt.image.BufferedImage;

/**
 * Shows where one is on a line of integers from -end to end; state 0 is -end.
 *
 * @param end where it ends on both sides
 * @param marked what stands at both ends
 */
record LinePicture(int end, char marked) implements StatePicture {
  private static final Color MARKED = new Color(225, 190, 225);
  private static final Color ORIGIN = new Color(245, 235, 190);
  private static final Color AGENT = new Color(214, 80, 60);

  /** A line with an O where one is. */
  @Override
  public String text(int state) {
    StringBuilder line = new StringBuilder(".".repeat(2 * end + 1));
    line.setCharAt(0, marked);
    line.setCharAt(2 * end, marked);
    line.setCharAt(state, 'O');
    return "%d %s %d\n".formatted(-end, line, end);
  }

  @Override
  public BufferedImage image(int state) {
    GridPainter painter = new GridPainter(1, 2 * end + 1);
    painter.fill(0, end, ORIGIN);
    if (marked != '.') {
      painter.fill(0, 0, MARKED);
      painter.fill(0, 2 * end, MARKED);
    }
    painter.disc(0, state, 0.5, AGENT);
    return painter.image();
  }
}
