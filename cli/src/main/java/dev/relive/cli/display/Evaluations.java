package dev.relive.cli.display;

import static java.util.Comparator.comparingDouble;

import dev.relive.cli.display.StyledLine.Style;
import java.time.Duration;
import java.util.List;
import java.util.Optional;

/**
 * How the snapshots of a run do without exploring.
 *
 * @param all in the order of their versions, confirmations left out
 * @param threshold the mean return that solves the environment; NaN where it states none
 */
public record Evaluations(List<Evaluated> all, double threshold) implements Section {

  private static final int LONGEST_CURVE = 60;

  /** A snapshot's mean return, and the standard deviation of its returns. */
  public record Evaluated(long version, long steps, double mean, double deviation) {}

  public Evaluations {
    all = List.copyOf(all);
  }

  Optional<Evaluated> last() {
    return all.isEmpty() ? Optional.empty() : Optional.of(all.get(all.size() - 1));
  }

  Optional<Evaluated> best() {
    return best(all);
  }

  /** The one with the highest mean; none whose mean is no number. */
  public static Optional<Evaluated> best(List<Evaluated> evaluations) {
    return evaluations.stream()
        .filter(each -> !Double.isNaN(each.mean()))
        .max(comparingDouble(Evaluated::mean));
  }

  @Override
  public List<Row> rows(int columns, Duration elapsed) {
    return List.of(new Row("evaluation", means()), new Row("", curve(columns)));
  }

  private StyledLine means() {
    if (last().isEmpty() || best().isEmpty()) {
      return new StyledLine().add(Style.FAINT, "none yet").add(goal());
    }
    Evaluated last = last().get();
    Evaluated best = best().get();
    return new StyledLine()
        .add(style(last), Numbers.mean(last.mean()))
        .add(" ± " + Numbers.mean(last.deviation()) + " last · ")
        .add(style(best), Numbers.mean(best.mean()))
        .add(" best")
        .add(goal());
  }

  private String goal() {
    return Double.isNaN(threshold) ? "" : " · " + Numbers.mean(threshold) + " solves it";
  }

  private StyledLine curve(int columns) {
    List<Double> means = all.stream().map(Evaluated::mean).toList();
    int width = Math.max(1, Math.min(LONGEST_CURVE, columns - Row.LABEL_WIDTH));
    boolean solved = last().filter(this::isSolved).isPresent();
    return new StyledLine()
        .add(solved ? Style.GOOD : Style.ACCENT, Graph.curve(means, threshold, width));
  }

  private Style style(Evaluated evaluated) {
    return isSolved(evaluated) ? Style.GOOD : Style.BOLD;
  }

  private boolean isSolved(Evaluated evaluated) {
    return evaluated.mean() >= threshold;
  }

  @Override
  public List<String> words() {
    if (last().isEmpty() || best().isEmpty()) {
      return List.of();
    }
    Evaluated last = last().get();
    return List.of(
        "evaluation %s ± %s".formatted(Numbers.mean(last.mean()), Numbers.mean(last.deviation())),
        "best " + Numbers.mean(best().get().mean()));
  }

  @Override
  public int milestones() {
    return all.size();
  }
}
