package dev.relive.log;

import org.jspecify.annotations.Nullable;

/** How many copies were sent and how many of them are in the log, which they reach in order. */
final class SentCopies {
  // Guarded by this.
  private long sent;
  private long acknowledged;
  private @Nullable LogException failure;

  synchronized void sent() {
    sent++;
  }

  synchronized void acknowledged() {
    acknowledged++;
    notifyAll();
  }

  /** The first failure is the one that is told; what follows is its consequence. */
  synchronized void failed(LogException why) {
    if (failure == null) {
      failure = why;
    }
    notifyAll();
  }

  synchronized void requireNoFailure() {
    if (failure != null) {
      throw failure;
    }
  }

  /** Waits for those that have been sent by now, however many follow. */
  synchronized void awaitAcknowledged() throws InterruptedException {
    long awaited = sent;
    while (acknowledged < awaited && failure == null) {
      wait();
    }
    requireNoFailure();
  }
}
