package dev.relive.cli.display;

import dev.relive.cli.display.StyledLine.Style;
import java.util.ArrayList;
import java.util.List;

/** The picture that a terminal shows: a pure function of what is to be shown. */
final class LiveFrame {

  private LiveFrame() {}

  /** The lines from top to bottom, none longer than {@code columns}. */
  static List<String> render(ProgressView view, int columns, boolean colours) {
    List<StyledLine> lines = new ArrayList<>();
    lines.add(title(view));
    for (Section section : view.sections()) {
      section.rows(columns, view.elapsed()).forEach(row -> lines.add(row.line()));
    }
    lines.add(new Row("log", places(view)).line());
    return lines.stream().map(line -> line.render(columns, colours)).toList();
  }

  private static StyledLine title(ProgressView view) {
    String first = view.title().get(0);
    String rest = String.join(" · ", view.title().subList(1, view.title().size()));
    return new StyledLine()
        .add(Style.BOLD, first)
        .add(rest.isEmpty() ? " · " : " · " + rest + " · ")
        .add(Style.BOLD, view.activity());
  }

  private static StyledLine places(ProgressView view) {
    String page = view.page() == null ? "" : " · page " + view.page();
    return new StyledLine().add(Style.FAINT, view.log() + page + " · Ctrl-C ends it cleanly");
  }
}
