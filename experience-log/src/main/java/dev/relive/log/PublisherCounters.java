package dev.relive.log;

import java.util.concurrent.atomic.LongAdder;

/** What a publisher has done so far; may be read from any thread. */
public final class PublisherCounters {
  private final LongAdder transactions = new LongAdder();
  final LongAdder retries = new LongAdder();
  private final LongAdder policies = new LongAdder();
  final LongAdder policiesReplaced = new LongAdder();
  private final LongAdder snapshots = new LongAdder();
  private final LongAdder checkpoints = new LongAdder();
  private final LongAdder commitNanos = new LongAdder();

  void committed(Publication publication, long nanos) {
    transactions.increment();
    commitNanos.add(nanos);
    if (publication.policy() != null) {
      policies.increment();
    }
    if (publication.snapshot() != null) {
      snapshots.increment();
    }
    if (publication.checkpoint() != null) {
      checkpoints.increment();
    }
  }

  /** Transactions committed, each with a Progress. */
  public long transactions() {
    return transactions.sum();
  }

  /** Transactions aborted and made again. */
  public long retries() {
    return retries.sum();
  }

  /** Policies committed. */
  public long policies() {
    return policies.sum();
  }

  /** Policies that a newer one replaced before they were sent. */
  public long policiesReplaced() {
    return policiesReplaced.sum();
  }

  /** Snapshots committed. */
  public long snapshots() {
    return snapshots.sum();
  }

  /** Checkpoints committed. */
  public long checkpoints() {
    return checkpoints.sum();
  }

  /** Nanoseconds between the begin and the commit of all transactions together. */
  public long commitNanos() {
    return commitNanos.sum();
  }
}
