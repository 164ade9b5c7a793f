package dev.relive.cli;

import dev.relive.cli.display.Numbers;
import dev.relive.cli.display.Terminal;
import java.io.PrintStream;
import java.time.Duration;
import java.util.function.LongSupplier;

/**
 * Says how far work is that takes long: on a terminal in a line that is drawn again and again, else
 * in a line now and then. It goes to the standard error, beside what was asked. One thread's.
 */
final class ToolProgress {

  private static final long FIRST_AFTER = Duration.ofSeconds(1).toNanos();
  private static final long REDRAW_AFTER = Duration.ofMillis(250).toNanos();
  private static final long REPEAT_AFTER = Duration.ofSeconds(10).toNanos();
  private static final String CLEAR_LINE = "\r\u001b[K";

  private final PrintStream err;
  private final boolean live;
  private final LongSupplier nanoTime;
  private long due;
  private boolean drawn;

  private ToolProgress(PrintStream err, boolean live, LongSupplier nanoTime) {
    this.err = err;
    this.live = live;
    this.nanoTime = nanoTime;
    due = nanoTime.getAsLong() + FIRST_AFTER;
  }

  /**
   * Nothing is said in the first second.
   *
   * @param nanoTime a monotonic clock in nanoseconds
   */
  static ToolProgress on(PrintStream err, Terminal terminal, LongSupplier nanoTime) {
    return new ToolProgress(err, terminal.isLive(), nanoTime);
  }

  /** Says nothing. */
  static ToolProgress none() {
    return new ToolProgress(System.err, false, () -> 0); // so the first is never due
  }

  /**
   * To be called as often as one likes: it costs no more than a look at the clock.
   *
   * @param activity what is done, such as "reading"
   * @param done how much of it
   * @param total of how much; 0 where that is not known
   * @param unit what is counted, in the plural
   */
  void show(String activity, long done, long total, String unit) {
    long now = nanoTime.getAsLong();
    if (now - due < 0) {
      return;
    }
    due = now + (live ? REDRAW_AFTER : REPEAT_AFTER);
    String line = line(activity, done, total, unit);
    if (live) {
      err.print(CLEAR_LINE + line);
      err.flush();
      drawn = true;
    } else {
      err.println(line);
    }
  }

  private static String line(String activity, long done, long total, String unit) {
    if (total <= 0) {
      return "%s: %s %s".formatted(activity, Numbers.count(done), unit);
    }
    return "%s: %s of %s %s, %d %%"
        .formatted(
            activity,
            Numbers.count(done),
            Numbers.count(total),
            unit,
            Math.min(100, 100 * done / total));
  }

  /** Leaves the terminal as it was; more may follow. */
  void clear() {
    if (drawn) {
      err.print(CLEAR_LINE);
      err.flush();
      drawn = false;
    }
  }
}
