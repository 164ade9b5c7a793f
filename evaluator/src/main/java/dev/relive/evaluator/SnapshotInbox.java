package dev.relive.evaluator;

import dev.relive.log.LogException;
import dev.relive.log.wire.Snapshot;
import dev.relive.log.wire.SnapshotReason;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;
import org.jspecify.annotations.Nullable;

/**
 * The snapshots that wait to be evaluated. A newer one takes the place of one that waits, which is
 * then skipped, but a final one is never skipped: so there wait at most one of each end that the
 * run has had, and one more.
 */
final class SnapshotInbox {
  private final ReentrantLock lock = new ReentrantLock();
  private final Condition changed = lock.newCondition();
  private final Deque<Snapshot> waiting = new ArrayDeque<>();
  private long newestVersion;
  private long skipped;
  private long lastVersion = Long.MAX_VALUE;
  private @Nullable Throwable failure;

  /** Adds the run's next snapshot. */
  void offer(Snapshot snapshot) {
    lock.lock();
    try {
      Snapshot last = waiting.peekLast();
      if (last != null && last.getReason() != SnapshotReason.FINAL) {
        waiting.removeLast();
        skipped++;
      }
      waiting.addLast(snapshot);
      newestVersion = Math.max(newestVersion, snapshot.getVersion());
      changed.signalAll();
    } finally {
      lock.unlock();
    }
  }

  /** Says that no snapshot comes after this version; 0 if none ever came. */
  void endAfter(long version) {
    lock.lock();
    try {
      lastVersion = version;
      changed.signalAll();
    } finally {
      lock.unlock();
    }
  }

  /** Says that snapshots cannot be read any more. */
  void fail(Throwable why) {
    lock.lock();
    try {
      failure = why;
      changed.signalAll();
    } finally {
      lock.unlock();
    }
  }

  /**
   * Waits for a snapshot to evaluate.
   *
   * @return null when the run's last one has been taken
   * @throws LogException when they cannot be read any more
   */
  @Nullable Snapshot take() throws InterruptedException {
    lock.lockInterruptibly();
    try {
      while (waiting.isEmpty() && newestVersion < lastVersion && failure == null) {
        changed.await();
      }
      if (failure != null) {
        throw new LogException(
            "The run's snapshots cannot be read: " + failure.getMessage(), failure);
      }
      return waiting.pollFirst();
    } finally {
      lock.unlock();
    }
  }

  /** Snapshots that a newer one replaced before they could be evaluated. */
  long skipped() {
    lock.lock();
    try {
      return skipped;
    } finally {
      lock.unlock();
    }
  }
}
