package dev.relive.dashboards;

import java.util.concurrent.Callable;
import java.util.concurrent.TimeUnit;
import java.util.function.Supplier;

/** Waits for what another process does. */
final class Await {
  private static final long LIMIT_NANOS = TimeUnit.SECONDS.toNanos(100);
  private static final int BETWEEN_LOOKS_MILLIS = 250;

  private Await() {}

  static void that(Callable<Boolean> condition, String what) throws Exception {
    that(condition, () -> what);
  }

  /** Looks again and again until it holds, and fails the test if it does not. */
  static void that(Callable<Boolean> condition, Supplier<String> what) throws Exception {
    long deadline = System.nanoTime() + LIMIT_NANOS;
    while (!condition.call()) {
      if (System.nanoTime() > deadline) {
        throw new AssertionError("waited in vain for " + what.get());
      }
      TimeUnit.MILLISECONDS.sleep(BETWEEN_LOOKS_MILLIS);
    }
  }
}
