package dev.relive.cli.display;

import java.io.PrintStream;
import java.time.Duration;
import org.jspecify.annotations.Nullable;

/**
 * Prints a line every two seconds, and at every milestone and change of activity; one that only
 * waits says so every ten seconds. Where the page is stands in a line of its own, once.
 */
final class PlainDisplay implements ProgressDisplay {

  private static final Duration PERIOD = Duration.ofSeconds(2);
  private static final Duration WAITING_PERIOD = Duration.ofSeconds(10);

  private final PrintStream out;
  private @Nullable ProgressView printed;
  private boolean toldPage;

  PlainDisplay(PrintStream out) {
    this.out = out;
  }

  @Override
  public void show(ProgressView view) {
    if (view.page() != null && !toldPage) {
      out.println(Numbers.clock(view.elapsed()) + " · page " + view.page());
      toldPage = true;
    }
    if (isNews(view)) {
      out.println(PlainLine.render(view));
      printed = view;
    }
  }

  private boolean isNews(ProgressView view) {
    return printed == null
        || view.milestones() > printed.milestones()
        || !view.activity().equals(printed.activity())
        || view.elapsed().minus(printed.elapsed()).compareTo(period(view)) >= 0;
  }

  private static Duration period(ProgressView view) {
    return view.sections().isEmpty() ? WAITING_PERIOD : PERIOD;
  }

  @Override
  public void close() {
    out.flush();
  }
}
