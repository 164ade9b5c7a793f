package dev.relive.cli;

import java.time.Duration;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;

/**
 * Ctrl-C, or another signal that asks the process to end. The command sees it, ends what it began
 * and closes this; the process waits for that, but not for ever. Nothing that was acknowledged is
 * lost either way: the log does not need a clean end.
 */
final class StopRequest implements AutoCloseable {

  /** After it the process ends, whatever still goes on. */
  private static final Duration PATIENCE = Duration.ofMillis(4_700);

  private final CountDownLatch requested = new CountDownLatch(1);
  private final CountDownLatch answered = new CountDownLatch(1);
  private final Thread hook = new Thread(this::request, "stop-request");

  private StopRequest() {}

  /** Listens to the signals from now on. */
  static StopRequest listen() {
    StopRequest request = new StopRequest();
    Runtime.getRuntime().addShutdownHook(request.hook);
    return request;
  }

  boolean isMade() {
    return requested.getCount() == 0;
  }

  /** Waits for it, at most so long. */
  boolean await(Duration limit) throws InterruptedException {
    return requested.await(limit.toNanos(), TimeUnit.NANOSECONDS);
  }

  private void request() {
    requested.countDown();
    try {
      boolean unused = answered.await(PATIENCE.toMillis(), TimeUnit.MILLISECONDS);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  /** Lets the process end. */
  @Override
  public void close() {
    answered.countDown();
    if (!isMade()) {
      try {
        Runtime.getRuntime().removeShutdownHook(hook);
      } catch (IllegalStateException e) {
        // The signal came this moment: the hook runs, and finds its answer given.
        return;
      }
    }
  }
}
