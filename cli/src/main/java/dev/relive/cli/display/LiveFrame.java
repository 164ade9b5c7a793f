package dev.relive.cli.display;

import dev.relive.cli.display.ProgressView.Evaluated;
import dev.relive.cli.display.StyledLine.Style;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/** The picture of a run that a terminal shows: a pure function of what is to be shown. */
final class LiveFrame {

  private static final int LABEL_WIDTH = 12;
  private static final int LONGEST_BAR = 32;
  private static final int LONGEST_CURVE = 60;
  private static final int BESIDE_THE_BAR = 48;

  private final ProgressView view;
  private final int columns;

  private LiveFrame(ProgressView view, int columns) {
    this.view = view;
    this.columns = columns;
  }

  /** The lines from top to bottom, none longer than {@code columns}. */
  static List<String> render(ProgressView view, int columns, boolean colours) {
    return new LiveFrame(view, columns)
        .lines().stream().map(line -> line.render(columns, colours)).toList();
  }

  private List<StyledLine> lines() {
    List<StyledLine> lines = new ArrayList<>();
    lines.add(title());
    if (view.task().run().isEmpty()) {
      lines.add(labelled("log", places()));
      return lines;
    }
    lines.add(labelled("steps", steps()));
    lines.add(labelled("speed", speed()));
    lines.add(labelled("training", training()));
    lines.add(labelled("evaluation", evaluation()));
    lines.add(labelled("", curve()));
    lines.add(labelled("learner", learner()));
    if (view.losses().any()) {
      lines.add(labelled("losses", losses()));
    }
    lines.add(labelled("log", places()));
    return lines;
  }

  private static StyledLine labelled(String label, StyledLine content) {
    return new StyledLine()
        .add(Style.ACCENT, label + " ".repeat(LABEL_WIDTH - label.length()))
        .add(content);
  }

  private StyledLine title() {
    ProgressView.Task task = view.task();
    String run = task.run().isEmpty() ? "" : " · run " + task.run();
    return new StyledLine()
        .add(Style.BOLD, task.environment())
        .add(" · " + task.algorithm() + " · seed " + task.seed() + run + " · ")
        .add(Style.BOLD, view.activity());
  }

  private StyledLine steps() {
    ProgressView.Work work = view.work();
    int width = Math.max(4, Math.min(LONGEST_BAR, columns - BESIDE_THE_BAR));
    String[] bar = Graph.bar((double) work.steps() / work.stepLimit(), width);
    return new StyledLine()
        .add(Style.GOOD, bar[0])
        .add(Style.FAINT, bar[1])
        .add("  ")
        .add(Style.BOLD, Numbers.count(work.steps()))
        .add(" of at most " + Numbers.count(work.stepLimit()))
        .add(Style.FAINT, "  " + Numbers.clock(view.elapsed()));
  }

  private StyledLine speed() {
    return new StyledLine()
        .add(Style.BOLD, Numbers.rate(view.work().stepsPerSecond()))
        .add(" steps/s · ")
        .add(Style.BOLD, Numbers.rate(view.work().updatesPerSecond()))
        .add(" updates/s · " + Numbers.count(view.work().updates()) + " updates");
  }

  private StyledLine training() {
    ProgressView.Training training = view.training();
    StyledLine line = new StyledLine().add(Style.BOLD, Numbers.mean(training.meanReturn()));
    if (training.episodes() > training.window()) {
      line.add(" mean return of the last " + training.window() + " episodes");
    } else {
      line.add(" mean return of " + training.episodes() + " episodes");
    }
    return line.add(" · ε " + String.format(Locale.ROOT, "%.2f", training.epsilon()))
        .add(" · loss " + Numbers.significant(training.loss()));
  }

  private StyledLine evaluation() {
    if (view.last().isEmpty() || view.best().isEmpty()) {
      return new StyledLine().add(Style.FAINT, "none yet").add(goal());
    }
    Evaluated last = view.last().get();
    Evaluated best = view.best().get();
    return new StyledLine()
        .add(style(last), Numbers.mean(last.mean()))
        .add(" ± " + Numbers.mean(last.deviation()) + " last · ")
        .add(style(best), Numbers.mean(best.mean()))
        .add(" best")
        .add(goal());
  }

  private StyledLine goal() {
    return new StyledLine()
        .add(
            Double.isNaN(view.task().threshold())
                ? ""
                : " · " + Numbers.mean(view.task().threshold()) + " solves it");
  }

  private StyledLine curve() {
    List<Double> means = view.evaluations().stream().map(Evaluated::mean).toList();
    int width = Math.max(1, Math.min(LONGEST_CURVE, columns - LABEL_WIDTH));
    boolean solved = view.last().filter(view::isSolved).isPresent();
    return new StyledLine()
        .add(
            solved ? Style.GOOD : Style.ACCENT, Graph.curve(means, view.task().threshold(), width));
  }

  private StyledLine learner() {
    ProgressView.Flow flow = view.flow();
    return new StyledLine()
        .add("replay " + Numbers.count(flow.replaySize()))
        .add(" of " + Numbers.count(flow.replayCapacity()))
        .add(" · producer " + Numbers.count(flow.lead()))
        .add(" steps ahead of at most " + Numbers.count(flow.maxLead()));
  }

  private StyledLine losses() {
    ProgressView.Losses losses = view.losses();
    return new StyledLine()
        .add(
            Style.WARNING,
            "%s gaps · %s duplicates · %s rejected"
                .formatted(
                    Numbers.count(losses.gaps()),
                    Numbers.count(losses.duplicates()),
                    Numbers.count(losses.rejected())));
  }

  private StyledLine places() {
    String endpoint = view.endpoint() == null ? "" : " · metrics " + view.endpoint();
    return new StyledLine().add(Style.FAINT, view.log() + endpoint + " · Ctrl-C ends it cleanly");
  }

  private Style style(Evaluated evaluated) {
    return view.isSolved(evaluated) ? Style.GOOD : Style.BOLD;
  }
}
