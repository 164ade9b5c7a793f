package dev.relive.cli.display;

import java.util.ArrayList;
import java.util.List;

/** One moment in one line, for files and pipes: a pure function of what is to be shown. */
final class PlainLine {

  private PlainLine() {}

  static String render(ProgressView view) {
    List<String> parts = new ArrayList<>();
    parts.add(Numbers.clock(view.elapsed()));
    parts.add(view.activity());
    view.sections().forEach(section -> parts.addAll(section.words()));
    return String.join(" · ", parts);
  }
}
