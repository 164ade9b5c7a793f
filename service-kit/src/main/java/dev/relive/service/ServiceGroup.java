package dev.relive.service;

import java.lang.Thread.UncaughtExceptionHandler;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * What runs in one process. Parts start in the order they are added and close in the reverse order.
 * The first failure of any of them, or a signal to the process, ends the wait of the main thread,
 * which then closes the group:
 *
 * <pre>{@code
 * try (ServiceGroup group = new ServiceGroup(Duration.ofSeconds(5))) {
 *   group.closeOnSignal();
 *   group.failOnDeadThread();
 *   group.add("HTTP endpoint", HttpEndpoint.open(…));
 *   Learner learner = group.start(new Learner(…));
 *   group.await(learner.completion());
 * }
 * }</pre>
 */
public final class ServiceGroup implements AutoCloseable {

  private static final Logger LOGGER = LoggerFactory.getLogger(ServiceGroup.class);

  private final Duration closeLimit;
  private final Deque<Part> parts = new ArrayDeque<>();
  private final CompletableFuture<Void> end = new CompletableFuture<>();
  private final CompletableFuture<Void> stop = new CompletableFuture<>();
  private final CountDownLatch closed = new CountDownLatch(1);
  private final UncaughtExceptionHandler deadThread = this::failOfThread;

  private record Part(String name, AutoCloseable closeable) {}

  /**
   * @param closeLimit how long closing all parts may take together
   */
  public ServiceGroup(Duration closeLimit) {
    this.closeLimit = closeLimit;
  }

  /** Takes over a part that already works, to close it with the group. */
  public <P extends AutoCloseable> P add(String name, P part) {
    parts.push(new Part(name, part));
    return part;
  }

  /** Takes over a service and starts it; should it complete exceptionally, the group fails. */
  public <S extends Service> S start(S service) {
    add(service.name(), service);
    service.start();
    var unused =
        service
            .completion()
            .whenComplete(
                (done, failure) -> {
                  if (failure != null) {
                    fail(failure);
                  }
                });
    return service;
  }

  /** Ends the wait of {@link #await} with this failure, unless another came first. */
  public void fail(Throwable failure) {
    end.completeExceptionally(
        failure instanceof CompletionException && failure.getCause() != null
            ? failure.getCause()
            : failure);
  }

  /** Ends the wait of {@link #await} in peace. */
  public void requestStop() {
    end.complete(null);
    stop.complete(null);
  }

  /** Completes when a stop is requested, also where a part has failed before. */
  public CompletableFuture<Void> stopRequested() {
    return stop.copy();
  }

  /** Whether work is to end before its goal is reached: a stop was requested, or a part failed. */
  public boolean isEnding() {
    return end.isDone();
  }

  /**
   * Waits until the goal is reached, a stop is requested, or a part fails.
   *
   * @return whether the goal was reached
   * @throws Exception what the goal or the first part to fail failed with
   */
  public boolean await(CompletableFuture<?> goal) throws Exception {
    try {
      CompletableFuture.anyOf(goal, end).get();
      return goal.isDone();
    } catch (ExecutionException e) {
      if (e.getCause() instanceof Exception cause) {
        throw cause;
      }
      throw e;
    }
  }

  /**
   * From now on an interrupt (Ctrl-C) or a request to terminate requests a stop, and the process
   * ends as soon as the group is closed, or when its time limit is over. What there is to say at
   * the end belongs into the part added first, which closes last.
   */
  public void closeOnSignal() {
    Runtime.getRuntime().addShutdownHook(new Thread(this::closeAtExit, "stop"));
  }

  private void closeAtExit() {
    requestStop();
    try {
      if (!closed.await(closeLimit.toMillis(), TimeUnit.MILLISECONDS)) {
        LOGGER.error("The process ends before it was closed, after {}", closeLimit);
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  /**
   * Until the group is closed, any thread of the process that ends with what nobody caught fails
   * the group. Others would wait for ever for what such a thread did: libraries, Reactor among
   * them, let a class that cannot be loaded pass without a word to those who follow.
   */
  public void failOnDeadThread() {
    Thread.setDefaultUncaughtExceptionHandler(deadThread);
  }

  private void failOfThread(Thread thread, Throwable why) {
    LOGGER.error("Thread {} has died", thread.getName(), why);
    fail(new IllegalStateException("thread %s died of %s".formatted(thread.getName(), why), why));
  }

  /** Closes all parts, the last one first, and logs which of them did not close in time. */
  @Override
  public void close() {
    List<String> unclosed = closeParts();
    if (!unclosed.isEmpty()) {
      LOGGER.error("Not closed within {}: {}", closeLimit, String.join(", ", unclosed));
    }
    if (Thread.getDefaultUncaughtExceptionHandler() == deadThread) {
      Thread.setDefaultUncaughtExceptionHandler(null);
    }
    closed.countDown();
  }

  private List<String> closeParts() {
    long deadline = System.nanoTime() + closeLimit.toNanos();
    List<String> unclosed = new ArrayList<>();
    while (!parts.isEmpty()) {
      Part part = parts.pop();
      long left = Math.max(0, deadline - System.nanoTime());
      // A part that hangs gets half of what is left, so that those after it have a share.
      if (!close(part, parts.isEmpty() ? left : left / 2)) {
        unclosed.add(part.name());
      }
    }
    return unclosed;
  }

  private static boolean close(Part part, long limitNanoseconds) {
    Thread closing = new Thread(() -> closeNow(part), "close " + part.name());
    closing.setDaemon(true);
    closing.start();
    try {
      TimeUnit.NANOSECONDS.timedJoin(closing, Math.max(1, limitNanoseconds));
      if (!closing.isAlive()) {
        return true;
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
    closing.interrupt();
    return false;
  }

  private static void closeNow(Part part) {
    try {
      part.closeable().close();
    } catch (Exception e) {
      LOGGER.warn("The {} did not close cleanly", part.name(), e);
    }
  }
}
