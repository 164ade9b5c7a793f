package dev.relive.cli.display;

import java.io.PrintStream;
import java.time.Duration;
import java.util.List;

/**
 * Draws lines over those before them. Each drawing is one write, so that it does not flicker, and
 * lines do not wrap while they are drawn: a window that has become narrower cuts them.
 */
public final class LiveScreen implements AutoCloseable {

  private static final String ESCAPE = "\u001b[";
  private static final String HIDE_CURSOR = ESCAPE + "?25l";
  private static final String SHOW_CURSOR = ESCAPE + "?25h";
  private static final String NO_WRAPPING = ESCAPE + "?7l";
  private static final String WRAPPING = ESCAPE + "?7h";
  private static final String CLEAR_TO_END_OF_LINE = ESCAPE + "K";
  private static final String CLEAR_BELOW = ESCAPE + "J";

  private final PrintStream out;
  private final Terminal terminal;
  private int drawn;

  /** A screen of as many lines as are drawn, from where the cursor is. */
  public LiveScreen(PrintStream out, Terminal terminal) {
    this.out = out;
    this.terminal = terminal;
  }

  /**
   * Draws what fits into the terminal, from the first line on.
   *
   * @param now on a clock that starts anywhere
   */
  public void draw(List<String> lines, Duration now) {
    StringBuilder frame = new StringBuilder(HIDE_CURSOR).append(NO_WRAPPING).append('\r');
    if (drawn > 0) {
      frame.append(ESCAPE).append(drawn).append('A');
    }
    drawn = Math.min(lines.size(), Math.max(1, terminal.size(now).rows() - 1));
    for (String line : lines.subList(0, drawn)) {
      frame.append(line).append(CLEAR_TO_END_OF_LINE).append('\n');
    }
    out.print(frame.append(CLEAR_BELOW).append(WRAPPING));
    out.flush();
  }

  /** What was drawn last stays. */
  @Override
  public void close() {
    out.print(WRAPPING + SHOW_CURSOR);
    out.flush();
  }
}
