package dev.relive.cli;

import dev.relive.cli.display.ProgressDisplay;
import dev.relive.cli.display.ProgressView;
import dev.relive.cli.page.LivePage;
import dev.relive.service.Service;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.function.Supplier;

/** Shows what goes on, four times a second: on the screen and to the page. */
final class ProgressLoop implements Service {

  private static final Duration PERIOD = Duration.ofMillis(250);

  private final ProgressDisplay display;
  private final LivePage page;
  private final Supplier<ProgressView> view;
  private final CompletableFuture<Void> completion = new CompletableFuture<>();
  private final ScheduledExecutorService thread =
      Executors.newSingleThreadScheduledExecutor(
          task -> {
            Thread created = new Thread(task, "progress");
            created.setDaemon(true);
            return created;
          });

  ProgressLoop(ProgressDisplay display, LivePage page, Supplier<ProgressView> view) {
    this.display = display;
    this.page = page;
    this.view = view;
  }

  @Override
  public String name() {
    return "progress display";
  }

  @Override
  public void start() {
    var unused =
        thread.scheduleAtFixedRate(this::show, 0, PERIOD.toMillis(), TimeUnit.MILLISECONDS);
  }

  private void show() {
    try {
      ProgressView now = view.get();
      display.show(now);
      page.see(now);
    } catch (RuntimeException e) {
      completion.completeExceptionally(e);
      thread.shutdown();
    }
  }

  @Override
  public CompletableFuture<Void> completion() {
    return completion.copy();
  }

  /** Shows how it ended and leaves the terminal as it was. */
  @Override
  public void close() {
    if (!completion.isDone()) {
      thread.execute(this::show);
    }
    thread.shutdown();
    try {
      boolean unused = thread.awaitTermination(PERIOD.toMillis(), TimeUnit.MILLISECONDS);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
    display.close();
  }
}
