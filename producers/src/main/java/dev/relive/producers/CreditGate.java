package dev.relive.producers;

import dev.relive.log.wire.Progress;
import java.util.EnumMap;
import java.util.Map;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.LongSupplier;
import org.jspecify.annotations.Nullable;

/**
 * Where a producer asks for its {@link Credit}, and waits for it.
 *
 * <p>Whoever waits takes a {@link #ticket} first, then looks at what it needs, then calls {@link
 * #awaitNewsAfter}: news that arrive in between end the wait at once. Safe for use by one waiting
 * thread and any number of messengers.
 */
final class CreditGate {
  private static final double NANOS_PER_SECOND = 1e9;

  private final Credit credit;
  private final LongSupplier nanoTime;

  private final ReentrantLock lock = new ReentrantLock();
  private final Condition news = lock.newCondition();
  private long ticket;
  private final Map<WaitReason, Long> waitedNanos = new EnumMap<>(WaitReason.class);
  private @Nullable WaitReason waitingFor;
  private long waitingSince;

  /**
   * @param credit is from now on this gate's alone
   * @param nanoTime a monotonic clock in nanoseconds
   */
  CreditGate(Credit credit, LongSupplier nanoTime) {
    this.credit = credit;
    this.nanoTime = nanoTime;
  }

  /** Takes the newest word of the learner. */
  void onProgress(Progress progress) {
    lock.lock();
    try {
      credit.onProgress(progress);
      announce();
    } finally {
      lock.unlock();
    }
  }

  /** A segment is in the log, and with it so many transitions of the epoch. */
  void onAcknowledged(long offset, long actorSteps) {
    lock.lock();
    try {
      long before = credit.ingested();
      credit.onAcknowledged(offset, actorSteps);
      if (credit.ingested() != before) {
        announce();
      }
    } finally {
      lock.unlock();
    }
  }

  /** Wakes whoever waits: a policy arrived, the run ended, the producer is to stop. */
  void onNews() {
    lock.lock();
    try {
      announce();
    } finally {
      lock.unlock();
    }
  }

  /** Names the news so far, for {@link #awaitNewsAfter}. */
  long ticket() {
    lock.lock();
    try {
      return ticket;
    } finally {
      lock.unlock();
    }
  }

  /** What keeps the lanes from their next step; null when they may make it. */
  @Nullable WaitReason obstacle(long ownSteps, long heldVersion) {
    lock.lock();
    try {
      return credit.obstacle(ownSteps, heldVersion);
    } finally {
      lock.unlock();
    }
  }

  /** Waits for news later than a ticket; the time counts as waiting for what is missing. */
  void awaitNewsAfter(long seen, WaitReason missing) throws InterruptedException {
    lock.lockInterruptibly();
    try {
      waitingSince = nanoTime.getAsLong();
      waitingFor = missing;
      while (ticket == seen) {
        news.await();
      }
    } finally {
      if (waitingFor != null) {
        waitedNanos.merge(waitingFor, nanoTime.getAsLong() - waitingSince, Long::sum);
        waitingFor = null;
      }
      lock.unlock();
    }
  }

  /** Steps that the learner has ingested. */
  long ingested() {
    lock.lock();
    try {
      return credit.ingested();
    } finally {
      lock.unlock();
    }
  }

  /** Time spent waiting so far for each reason, in seconds, the wait under way included. */
  Map<WaitReason, Double> waitedSeconds() {
    lock.lock();
    try {
      Map<WaitReason, Double> seconds = new EnumMap<>(WaitReason.class);
      for (WaitReason reason : WaitReason.values()) {
        long current = reason == waitingFor ? nanoTime.getAsLong() - waitingSince : 0;
        seconds.put(reason, (waitedNanos.getOrDefault(reason, 0L) + current) / NANOS_PER_SECOND);
      }
      return seconds;
    } finally {
      lock.unlock();
    }
  }

  private void announce() {
    ticket++;
    news.signalAll();
  }
}
