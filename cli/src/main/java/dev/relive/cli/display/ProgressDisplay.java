package dev.relive.cli.display;

import java.io.PrintStream;

/** Shows how a run goes on. Used by one thread. */
public sealed interface ProgressDisplay extends AutoCloseable
    permits LiveDisplay, PlainDisplay, NoDisplay {

  /** A display that suits what is at the other end of {@code out}. */
  static ProgressDisplay on(PrintStream out, Terminal terminal) {
    return terminal.isLive() ? new LiveDisplay(out, terminal) : new PlainDisplay(out);
  }

  /** Shows nothing. */
  static ProgressDisplay none() {
    return new NoDisplay();
  }

  /** To be called several times a second. */
  void show(ProgressView view);

  /** Leaves the terminal as it was found. */
  @Override
  void close();
}
