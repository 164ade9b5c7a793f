package dev.relive.cli.curve;

import dev.relive.cli.display.Numbers;
import dev.relive.evaluator.EvaluationSummary;
import java.awt.BasicStroke;
import java.awt.Color;
import java.awt.Font;
import java.awt.Graphics2D;
import java.awt.RenderingHints;
import java.awt.Stroke;
import java.awt.geom.AffineTransform;
import java.awt.geom.Ellipse2D;
import java.awt.geom.Line2D;
import java.awt.geom.Path2D;
import java.awt.geom.Rectangle2D;
import java.awt.image.BufferedImage;
import java.util.List;

/**
 * Reward curves as a picture of {@value #WIDTH} by {@value #HEIGHT} pixels: means as lines, their
 * confidence intervals as bands, what solves the environment as a dashed line, and a legend.
 */
public final class CurveImage {

  static final int WIDTH = 1200;
  static final int HEIGHT = 720;

  private static final int LEFT = 96;
  private static final int RIGHT = 236;
  private static final int TOP = 56;
  private static final int BOTTOM = 76;
  private static final int TICK = 6;
  private static final int LEGEND_ROW = 24;
  private static final int LEGEND_MARGIN = 20;
  private static final int LEGEND_LINE = 26;
  private static final int MOST_IN_LEGEND = 22;
  private static final int PIXELS_PER_TICK_ACROSS = 110;
  private static final int PIXELS_PER_TICK_UP = 60;

  /** Okabe and Ito's colours, which people with any colour vision tell apart. */
  private static final Color[] COLOURS = {
    new Color(0x0072B2),
    new Color(0xD55E00),
    new Color(0x009E73),
    new Color(0xCC79A7),
    new Color(0x56B4E9),
    new Color(0xE69F00),
    new Color(0x000000),
  };

  private static final Color INK = new Color(0x333333);
  private static final Color GRID = new Color(0xE4E4E4);
  private static final Color SOLVED = new Color(0x6B6B6B);
  private static final int BAND_OPACITY = 56;

  private final List<RewardCurve> curves;
  private final CurveAxes axes;
  private final Graphics2D graphics;

  private CurveImage(List<RewardCurve> curves, Graphics2D graphics) {
    this.curves = curves;
    this.graphics = graphics;
    axes = axes(curves);
  }

  static CurveAxes axes(List<RewardCurve> curves) {
    return CurveAxes.of(
        curves,
        (WIDTH - LEFT - RIGHT) / PIXELS_PER_TICK_ACROSS,
        (HEIGHT - TOP - BOTTOM) / PIXELS_PER_TICK_UP);
  }

  /** Draws the curves; those without evaluations stand in the legend alone. */
  public static BufferedImage of(String title, List<RewardCurve> curves) {
    BufferedImage image = new BufferedImage(WIDTH, HEIGHT, BufferedImage.TYPE_INT_RGB);
    Graphics2D graphics = image.createGraphics();
    try {
      graphics.setRenderingHint(RenderingHints.KEY_ANTIALIASING, RenderingHints.VALUE_ANTIALIAS_ON);
      graphics.setRenderingHint(
          RenderingHints.KEY_TEXT_ANTIALIASING, RenderingHints.VALUE_TEXT_ANTIALIAS_ON);
      graphics.setRenderingHint(
          RenderingHints.KEY_STROKE_CONTROL, RenderingHints.VALUE_STROKE_PURE);
      new CurveImage(curves, graphics).draw(title);
    } finally {
      graphics.dispose();
    }
    return image;
  }

  private void draw(String title) {
    graphics.setColor(Color.WHITE);
    graphics.fill(new Rectangle2D.Double(0, 0, WIDTH, HEIGHT));
    font(Font.BOLD, 18);
    graphics.setColor(INK);
    graphics.drawString(title, LEFT, TOP - 22);
    font(Font.PLAIN, 14);
    drawSteps();
    drawReturns();
    drawThresholds();
    for (int curve = 0; curve < curves.size(); curve++) {
      drawBand(curves.get(curve), colour(curve));
    }
    for (int curve = 0; curve < curves.size(); curve++) {
      drawMean(curves.get(curve), colour(curve), stroke(curve));
    }
    drawLegend();
  }

  private void font(int style, int size) {
    graphics.setFont(new Font(Font.SANS_SERIF, style, size));
  }

  private static Color colour(int curve) {
    return COLOURS[curve % COLOURS.length];
  }

  /** Where colours repeat, lines are dashed. */
  private static Stroke stroke(int curve) {
    int round = curve / COLOURS.length;
    return round == 0
        ? new BasicStroke(2.2f, BasicStroke.CAP_ROUND, BasicStroke.JOIN_ROUND)
        : new BasicStroke(
            2.2f, BasicStroke.CAP_BUTT, BasicStroke.JOIN_ROUND, 1, new float[] {12f / round, 5}, 0);
  }

  private double x(EvaluationSummary point) {
    return x(axes, (double) point.runSteps());
  }

  static double x(CurveAxes axes, double steps) {
    return LEFT + axes.steps().share(steps) * (WIDTH - LEFT - RIGHT);
  }

  static double y(CurveAxes axes, double value) {
    return HEIGHT - BOTTOM - axes.returns().share(value) * (HEIGHT - TOP - BOTTOM);
  }

  private void drawSteps() {
    for (double tick : axes.steps().ticks()) {
      double x = x(axes, tick);
      line(GRID, x, TOP, x, HEIGHT - BOTTOM);
      line(INK, x, HEIGHT - BOTTOM, x, HEIGHT - BOTTOM + TICK);
      centred(axes.steps().words(tick), x, HEIGHT - BOTTOM + 24);
    }
    line(INK, LEFT, HEIGHT - BOTTOM, WIDTH - RIGHT, HEIGHT - BOTTOM);
    centred("steps of the run", (LEFT + WIDTH - RIGHT) / 2.0, HEIGHT - 22);
  }

  private void drawReturns() {
    for (double tick : axes.returns().ticks()) {
      double y = y(axes, tick);
      line(GRID, LEFT, y, WIDTH - RIGHT, y);
      line(INK, LEFT - TICK, y, LEFT, y);
      String words = axes.returns().words(tick);
      int width = graphics.getFontMetrics().stringWidth(words);
      graphics.drawString(words, (float) (LEFT - TICK - 4 - width), (float) (y + 5));
    }
    line(INK, LEFT, TOP, LEFT, HEIGHT - BOTTOM);
    AffineTransform upright = graphics.getTransform();
    graphics.rotate(-Math.PI / 2);
    centred("mean return of greedy episodes", -(TOP + HEIGHT - BOTTOM) / 2.0, 22);
    graphics.setTransform(upright);
  }

  private void drawThresholds() {
    Stroke dashes =
        new BasicStroke(
            1.4f, BasicStroke.CAP_BUTT, BasicStroke.JOIN_MITER, 1, new float[] {7, 5}, 0);
    for (double threshold : axes.thresholds()) {
      double y = y(axes, threshold);
      graphics.setStroke(dashes);
      graphics.setColor(SOLVED);
      graphics.draw(new Line2D.Double(LEFT, y, WIDTH - RIGHT, y));
      graphics.setColor(INK);
      graphics.drawString(
          Numbers.mean(threshold) + " solves it", (float) (LEFT + 8), (float) (y - 6));
    }
  }

  private void drawBand(RewardCurve curve, Color colour) {
    List<EvaluationSummary> points = curve.points();
    if (points.size() < 2) {
      return;
    }
    Path2D band = new Path2D.Double();
    for (EvaluationSummary each : points) {
      lineTo(band, each, RewardCurve.high(each));
    }
    for (int point = points.size() - 1; point >= 0; point--) {
      lineTo(band, points.get(point), RewardCurve.low(points.get(point)));
    }
    band.closePath();
    graphics.setColor(
        new Color(colour.getRed(), colour.getGreen(), colour.getBlue(), BAND_OPACITY));
    graphics.fill(band);
  }

  private void drawMean(RewardCurve curve, Color colour, Stroke stroke) {
    Path2D line = new Path2D.Double();
    graphics.setColor(colour);
    for (EvaluationSummary each : curve.points()) {
      lineTo(line, each, each.mean());
      double x = x(each);
      double y = y(axes, each.mean());
      graphics.fill(new Ellipse2D.Double(x - 2.5, y - 2.5, 5, 5));
    }
    graphics.setStroke(stroke);
    graphics.draw(line);
  }

  private void lineTo(Path2D path, EvaluationSummary point, double value) {
    double x = x(point);
    double y = y(axes, value);
    if (path.getCurrentPoint() == null) {
      path.moveTo(x, y);
    } else {
      path.lineTo(x, y);
    }
  }

  /** At the right of the curves. */
  private void drawLegend() {
    int shown = Math.min(curves.size(), MOST_IN_LEGEND);
    int rows = shown + (curves.size() > shown ? 1 : 0);
    double left = WIDTH - RIGHT + LEGEND_MARGIN;
    for (int row = 0; row < rows; row++) {
      double y = TOP + (row + 0.5) * LEGEND_ROW;
      if (row < shown) {
        graphics.setColor(colour(row));
        graphics.setStroke(stroke(row));
        graphics.draw(new Line2D.Double(left, y, left + LEGEND_LINE, y));
      }
      graphics.setColor(INK);
      String words = fitting(legend(row, shown), RIGHT - 2 * LEGEND_MARGIN - LEGEND_LINE - 8);
      graphics.drawString(words, (float) (left + LEGEND_LINE + 8), (float) (y + 5));
    }
  }

  private String fitting(String words, int width) {
    String shown = words;
    while (graphics.getFontMetrics().stringWidth(shown) > width) {
      shown = shown.substring(0, shown.length() - 2) + "…";
    }
    return shown;
  }

  private String legend(int row, int shown) {
    if (row >= shown) {
      return "and %s more".formatted(Numbers.count(curves.size() - shown));
    }
    RewardCurve curve = curves.get(row);
    String remark = curve.points().isEmpty() ? " (no evaluations)" : "";
    return curve.name() + remark;
  }

  private void line(Color colour, double x1, double y1, double x2, double y2) {
    graphics.setColor(colour);
    graphics.setStroke(new BasicStroke(1));
    graphics.draw(new Line2D.Double(crisp(x1), crisp(y1), crisp(x2), crisp(y2)));
    graphics.setColor(INK);
  }

  /** The middle of a pixel, so that a thin line covers pixels whole. */
  private static double crisp(double place) {
    return Math.floor(place) + 0.5;
  }

  private void centred(String words, double x, double y) {
    int width = graphics.getFontMetrics().stringWidth(words);
    graphics.drawString(words, (float) (x - width / 2.0), (float) y);
  }
}
