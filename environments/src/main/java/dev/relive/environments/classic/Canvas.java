package dev.relive.environments.classic;

import java.awt.BasicStroke;
import java.awt.Color;
import java.awt.Graphics2D;
import java.awt.RenderingHints;
import java.awt.geom.Ellipse2D;
import java.awt.geom.Line2D;
import java.awt.geom.Path2D;
import java.awt.geom.Rectangle2D;
import java.awt.image.BufferedImage;

/** A white image of 600 x 400 pixels to draw on, y pointing down. */
final class Canvas {
  static final int WIDTH = 600;
  static final int HEIGHT = 400;
  static final Color WOOD = new Color(202, 152, 101);
  static final Color JOINT = new Color(129, 132, 203);

  private final BufferedImage image = new BufferedImage(WIDTH, HEIGHT, BufferedImage.TYPE_INT_RGB);
  private final Graphics2D graphics = image.createGraphics();

  Canvas() {
    graphics.setColor(Color.WHITE);
    graphics.fillRect(0, 0, WIDTH, HEIGHT);
    graphics.setRenderingHint(RenderingHints.KEY_ANTIALIASING, RenderingHints.VALUE_ANTIALIAS_ON);
  }

  void line(double fromX, double fromY, double toX, double toY, float width, Color color) {
    stroke(width, color);
    graphics.draw(new Line2D.Double(fromX, fromY, toX, toY));
  }

  /** A line through the points (x[i], y[i]). */
  void curve(double[] x, double[] y, float width, Color color) {
    Path2D path = new Path2D.Double();
    path.moveTo(x[0], y[0]);
    for (int i = 1; i < x.length; i++) {
      path.lineTo(x[i], y[i]);
    }
    stroke(width, color);
    graphics.draw(path);
  }

  void rectangle(double left, double top, double width, double height, Color color) {
    graphics.setColor(color);
    graphics.fill(new Rectangle2D.Double(left, top, width, height));
  }

  void disc(double x, double y, double radius, Color color) {
    graphics.setColor(color);
    graphics.fill(new Ellipse2D.Double(x - radius, y - radius, 2 * radius, 2 * radius));
  }

  private void stroke(float width, Color color) {
    graphics.setColor(color);
    graphics.setStroke(new BasicStroke(width, BasicStroke.CAP_ROUND, BasicStroke.JOIN_ROUND));
  }

  /** What was drawn, when no more is to be. */
  BufferedImage image() {
    graphics.dispose();
    return image;
  }
}
