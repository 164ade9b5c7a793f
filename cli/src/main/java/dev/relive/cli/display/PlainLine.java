package dev.relive.cli.display;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/** A run at one moment in one line, for files and pipes: a pure function of what is to be shown. */
final class PlainLine {

  private PlainLine() {}

  static String render(ProgressView view) {
    List<String> parts = new ArrayList<>();
    parts.add(Numbers.clock(view.elapsed()));
    parts.add(view.activity());
    if (!view.task().run().isEmpty()) {
      addRun(parts, view);
    }
    return String.join(" · ", parts);
  }

  private static void addRun(List<String> parts, ProgressView view) {
    ProgressView.Work work = view.work();
    parts.add("steps " + Numbers.count(work.steps()) + " at " + perSecond(work.stepsPerSecond()));
    parts.add(
        "updates " + Numbers.count(work.updates()) + " at " + perSecond(work.updatesPerSecond()));
    parts.add("return " + Numbers.mean(view.training().meanReturn()));
    view.last()
        .ifPresent(
            last ->
                parts.add(
                    "evaluation %s ± %s"
                        .formatted(Numbers.mean(last.mean()), Numbers.mean(last.deviation()))));
    view.best().ifPresent(best -> parts.add("best " + Numbers.mean(best.mean())));
    parts.add(String.format(Locale.ROOT, "ε %.2f", view.training().epsilon()));
    parts.add("lead " + Numbers.count(view.flow().lead()));
    addLosses(parts, view.losses());
  }

  private static void addLosses(List<String> parts, ProgressView.Losses losses) {
    if (losses.any()) {
      parts.add("gaps " + Numbers.count(losses.gaps()));
      parts.add("duplicates " + Numbers.count(losses.duplicates()));
      parts.add("rejected " + Numbers.count(losses.rejected()));
    }
  }

  private static String perSecond(double rate) {
    return Numbers.rate(rate) + "/s";
  }
}
