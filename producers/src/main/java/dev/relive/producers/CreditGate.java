package dev.relive.producers;

import dev.relive.log.wire.ActorProgress;
import dev.relive.log.wire.Progress;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.LongSupplier;

/**
 * Says whether a producer may step, and waits until it may: the learner's credit,
 *
 * <pre>own steps − ingested steps of its epoch + lanes ≤ max-lead,</pre>
 *
 * and, where the learner requires one, the policy version held.
 *
 * <p>Whoever waits takes a {@link #ticket} first, then looks at what it needs, then calls {@link
 * #awaitNewsAfter}: news that arrive in between end the wait at once. Safe for use by one waiting
 * thread and any number of messengers.
 */
final class CreditGate {
  private static final double NANOS_PER_SECOND = 1e9;

  private final ActorEpoch actor;
  private final int lanes;
  private final long maxLead;
  private final boolean freeRunning;
  private final LongSupplier nanoTime;

  private final ReentrantLock lock = new ReentrantLock();
  private final Condition news = lock.newCondition();
  private long ticket;
  private long generation;
  private long ingested;
  private long requiredVersion;
  private long waitedNanos;
  private long waitingSince;
  private boolean waiting;

  /**
   * @param maxLead steps that the actor epoch may be ahead of what the learner has ingested of it
   * @param freeRunning whether to step without regard to credit; a required version still counts
   * @param nanoTime a monotonic clock in nanoseconds
   */
  CreditGate(
      ActorEpoch actor, int lanes, long maxLead, boolean freeRunning, LongSupplier nanoTime) {
    this.actor = actor;
    this.lanes = lanes;
    this.maxLead = maxLead;
    this.freeRunning = freeRunning;
    this.nanoTime = nanoTime;
  }

  /**
   * Takes the newest word of the learner. The count may be smaller than the one before: a learner
   * that restored a checkpoint ingests again what came after it.
   */
  void onProgress(Progress progress) {
    lock.lock();
    try {
      if (progress.getGeneration() != generation) {
        generation = progress.getGeneration();
        ingested = 0;
      }
      // An epoch that was silent for long is left out; within a generation its count still holds.
      for (ActorProgress entry : progress.getActorsList()) {
        if (entry.getEpoch() == actor.epoch() && entry.getActor().equals(actor.actor())) {
          ingested = entry.getSteps();
        }
      }
      requiredVersion = progress.getRequiredPolicyVersion();
      announce();
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

  /** Whether all lanes may make a step. */
  boolean mayStep(long ownSteps, long heldVersion) {
    lock.lock();
    try {
      return (requiredVersion == 0 || requiredVersion == heldVersion)
          && (freeRunning || lead(ownSteps) + lanes <= maxLead);
    } finally {
      lock.unlock();
    }
  }

  /** Waits for news later than a ticket; the time counts as waiting. */
  void awaitNewsAfter(long seen) throws InterruptedException {
    lock.lockInterruptibly();
    try {
      waitingSince = nanoTime.getAsLong();
      waiting = true;
      while (ticket == seen) {
        news.await();
      }
    } finally {
      if (waiting) {
        waitedNanos += nanoTime.getAsLong() - waitingSince;
        waiting = false;
      }
      lock.unlock();
    }
  }

  /** Steps that the learner has not ingested yet. */
  long lead(long ownSteps) {
    lock.lock();
    try {
      return ownSteps - ingested;
    } finally {
      lock.unlock();
    }
  }

  /** Steps that the learner has ingested. */
  long ingested() {
    lock.lock();
    try {
      return ingested;
    } finally {
      lock.unlock();
    }
  }

  /** Time spent waiting so far, in seconds, the wait under way included. */
  double waitedSeconds() {
    lock.lock();
    try {
      long current = waiting ? nanoTime.getAsLong() - waitingSince : 0;
      return (waitedNanos + current) / NANOS_PER_SECOND;
    } finally {
      lock.unlock();
    }
  }

  private void announce() {
    ticket++;
    news.signalAll();
  }
}
