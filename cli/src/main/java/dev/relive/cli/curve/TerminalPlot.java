package dev.relive.cli.curve;

import dev.relive.cli.display.Numbers;
import dev.relive.evaluator.EvaluationSummary;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.function.ToDoubleFunction;

/** Reward curves in lines of text, several runs by symbols. */
public final class TerminalPlot {

  private static final int ROWS = 13;
  private static final int LEAST_COLUMNS = 40;
  private static final int MOST_COLUMNS = 120;
  private static final int COLUMNS_PER_TICK = 10;
  private static final int ROWS_PER_TICK = 2;
  private static final char BAND = '░';
  private static final char THRESHOLD = '┄';
  private static final String SYMBOLS = "●○▲△■□◆◇";

  private final List<RewardCurve> curves;
  private final CurveAxes axes;
  private final int margin;
  private final char[][] cells;

  private TerminalPlot(List<RewardCurve> curves, int columns) {
    this.curves = curves;
    int across = Math.max(LEAST_COLUMNS, Math.min(MOST_COLUMNS, columns));
    axes = CurveAxes.of(curves, across / COLUMNS_PER_TICK, ROWS / ROWS_PER_TICK);
    Axis returns = axes.returns();
    margin = returns.ticks().stream().mapToInt(t -> returns.words(t).length()).max().orElse(0) + 2;
    cells = new char[ROWS][Math.max(LEAST_COLUMNS / 2, across - margin - 2)];
    for (char[] row : cells) {
      Arrays.fill(row, ' ');
    }
  }

  /**
   * The picture, ending with a line feed.
   *
   * @param columns how many characters there is room for
   */
  public static String text(List<RewardCurve> curves, int columns) {
    if (curves.stream().allMatch(curve -> curve.points().isEmpty())) {
      return "  Nothing to draw: %s.\n"
          .formatted(
              curves.stream().mapToLong(RewardCurve::unusable).sum() == 0
                  ? "there is no greedy evaluation yet"
                  : "no evaluation has a mean return that is a number");
    }
    TerminalPlot plot = new TerminalPlot(curves, columns);
    plot.draw();
    return plot.lines();
  }

  private void draw() {
    axes.thresholds().forEach(each -> Arrays.fill(cells[row(each)], THRESHOLD));
    curves.forEach(this::drawBand);
    for (int curve = 0; curve < curves.size(); curve++) {
      drawMean(curves.get(curve), symbol(curve));
    }
  }

  private static char symbol(int curve) {
    return SYMBOLS.charAt(curve % SYMBOLS.length());
  }

  private void drawBand(RewardCurve curve) {
    List<EvaluationSummary> points = curve.points();
    for (int column = first(points); column <= last(points); column++) {
      int top = row(at(points, column, RewardCurve::high));
      int bottom = row(at(points, column, RewardCurve::low));
      for (int row = top; row <= bottom; row++) {
        cells[row][column] = BAND;
      }
    }
  }

  private void drawMean(RewardCurve curve, char symbol) {
    List<EvaluationSummary> points = curve.points();
    for (int column = first(points); column <= last(points); column++) {
      cells[row(at(points, column, EvaluationSummary::mean))][column] = symbol;
    }
  }

  private int first(List<EvaluationSummary> points) {
    return points.isEmpty() ? 0 : column(points.get(0));
  }

  private int last(List<EvaluationSummary> points) {
    return points.isEmpty() ? -1 : column(points.get(points.size() - 1));
  }

  private int column(EvaluationSummary point) {
    return column((double) point.runSteps());
  }

  private int column(double steps) {
    return (int) Math.round(axes.steps().share(steps) * (cells[0].length - 1));
  }

  private int row(double value) {
    return (int) Math.round((1 - axes.returns().share(value)) * (ROWS - 1));
  }

  /** Of the newest point in a column; between points on the straight line from one to the other. */
  private double at(
      List<EvaluationSummary> points, int column, ToDoubleFunction<EvaluationSummary> value) {
    EvaluationSummary before = points.get(0);
    for (EvaluationSummary after : points) {
      if (column(after) > column) {
        double passed = column - column(before);
        double share = passed / (column(after) - column(before));
        double start = value.applyAsDouble(before);
        return start + Math.max(0, share) * (value.applyAsDouble(after) - start);
      }
      before = after;
    }
    return value.applyAsDouble(before);
  }

  private String lines() {
    StringBuilder text = new StringBuilder();
    String[] labels = rowLabels();
    for (int row = 0; row < ROWS; row++) {
      String label = labels[row];
      String line =
          " ".repeat(margin - label.length())
              + label
              + (label.isEmpty() ? " │" : " ┤")
              + new String(cells[row]);
      text.append(line.stripTrailing()).append('\n');
    }
    text.append(stepsAxis()).append('\n');
    legend().forEach(line -> text.append(line).append('\n'));
    return text.toString();
  }

  private String[] rowLabels() {
    String[] labels = new String[ROWS];
    Arrays.fill(labels, "");
    axes.returns().ticks().forEach(tick -> labels[row(tick)] = axes.returns().words(tick));
    return labels;
  }

  private String stepsAxis() {
    StringBuilder line = new StringBuilder("─".repeat(cells[0].length));
    StringBuilder words = new StringBuilder(" ".repeat(margin + 2));
    for (double tick : axes.steps().ticks()) {
      line.setCharAt(column(tick), '┬');
      String label = axes.steps().words(tick);
      int place = margin + 2 + column(tick) - label.length() / 2;
      if (place > words.length() || words.toString().isBlank()) {
        words.append(" ".repeat(Math.max(0, place - words.length()))).append(label);
      }
    }
    return " ".repeat(margin + 1) + "└" + line + "\n" + words.append("  steps").toString();
  }

  private List<String> legend() {
    List<String> lines = new ArrayList<>();
    for (int curve = 0; curve < curves.size(); curve++) {
      RewardCurve each = curves.get(curve);
      lines.add("  %s %s%s".formatted(symbol(curve), each.name(), remark(each)));
    }
    lines.add("  %s 95 %% confidence interval of the mean return".formatted(BAND));
    axes.thresholds()
        .forEach(
            each ->
                lines.add(
                    "  %s mean return of %s solves it".formatted(THRESHOLD, Numbers.mean(each))));
    return lines;
  }

  private static String remark(RewardCurve curve) {
    if (curve.unusable() > 0) {
      return ": %s of its evaluations are not drawn, since their mean return is no number"
          .formatted(Numbers.count(curve.unusable()));
    }
    return curve.points().isEmpty() ? ": no evaluations" : "";
  }
}
