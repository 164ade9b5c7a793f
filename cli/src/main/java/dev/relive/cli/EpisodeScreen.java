package dev.relive.cli;

import dev.relive.cli.display.LiveScreen;
import dev.relive.cli.display.Terminal;
import dev.relive.service.ServiceGroup;
import java.io.PrintStream;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;

/** Shows an episode picture by picture. */
sealed interface EpisodeScreen extends AutoCloseable {

  /** The screen that suits what is at the other end of the output. */
  static EpisodeScreen on(
      PrintStream out, Terminal terminal, int picturesPerSecond, ServiceGroup group) {
    return terminal.isLive()
        ? new Moving(new LiveScreen(out, terminal), picturesPerSecond, group)
        : new Printed(out);
  }

  /**
   * Shows a picture until it is time for the next.
   *
   * @param picture some lines of text
   * @param standing a line below it
   */
  void show(String picture, String standing) throws Exception;

  @Override
  void close();

  /** On a terminal, each picture in the place of the one before. */
  final class Moving implements EpisodeScreen {

    private final LiveScreen screen;
    private final long period;
    private final ServiceGroup group;
    private long due = System.nanoTime();

    private Moving(LiveScreen screen, int picturesPerSecond, ServiceGroup group) {
      this.screen = screen;
      period = Duration.ofSeconds(1).toNanos() / picturesPerSecond;
      this.group = group;
    }

    @Override
    public void show(String picture, String standing) throws Exception {
      long now = System.nanoTime();
      screen.draw(
          Stream.concat(picture.lines(), Stream.of("", standing)).toList(), Duration.ofNanos(now));
      due = Math.max(due, now - period) + period;
      CompletableFuture<Void> time =
          new CompletableFuture<Void>()
              .completeOnTimeout(null, due - System.nanoTime(), TimeUnit.NANOSECONDS);
      boolean unused = group.await(time);
    }

    @Override
    public void close() {
      screen.close();
    }
  }

  /** One below the other. */
  record Printed(PrintStream out) implements EpisodeScreen {

    @Override
    public void show(String picture, String standing) {
      for (String line : List.of(picture.stripTrailing(), standing, "")) {
        out.println(line);
      }
    }

    @Override
    public void close() {}
  }
}
