package dev.relive.cli.display;

import java.io.PrintStream;

/** Draws a frame over the one before it. */
final class LiveDisplay implements ProgressDisplay {

  private final LiveScreen screen;
  private final Terminal terminal;

  LiveDisplay(PrintStream out, Terminal terminal) {
    screen = new LiveScreen(out, terminal);
    this.terminal = terminal;
  }

  @Override
  public void show(ProgressView view) {
    int columns = terminal.size(view.elapsed()).columns();
    screen.draw(LiveFrame.render(view, columns, terminal.hasColours()), view.elapsed());
  }

  /** The last frame stays. */
  @Override
  public void close() {
    screen.close();
  }
}
