package dev.relive.log;

import dev.relive.log.wire.CheckpointState;
import dev.relive.log.wire.Policy;
import dev.relive.log.wire.Progress;
import dev.relive.log.wire.RunState;
import dev.relive.log.wire.Snapshot;
import java.util.ArrayDeque;
import java.util.Queue;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * What waits to be published, merged: the newest Progress, policy, checkpoint and state, and every
 * snapshot. Not thread-safe.
 */
final class PublicationQueue {
  /** Snapshots waiting beyond which a learner has to wait as well. */
  static final int MOST_SNAPSHOTS = 4;

  private final PublisherCounters counters;
  private final Queue<Snapshot> snapshots = new ArrayDeque<>();
  private @Nullable Supplier<CheckpointState> checkpoint;
  private @Nullable RunState state;
  private @Nullable Supplier<Policy> policy;
  private @Nullable Progress progress;

  PublicationQueue(PublisherCounters counters) {
    this.counters = counters;
  }

  boolean accepts(Publication publication) {
    return publication.snapshot() == null || snapshots.size() < MOST_SNAPSHOTS;
  }

  void add(Publication publication) {
    progress = publication.progress();
    if (publication.policy() != null) {
      if (policy != null) {
        counters.policiesReplaced.increment();
      }
      policy = publication.policy();
    }
    if (publication.snapshot() != null) {
      snapshots.add(publication.snapshot());
    }
    if (publication.checkpoint() != null) {
      checkpoint = publication.checkpoint();
    }
    if (publication.state() != null) {
      state = publication.state();
    }
  }

  boolean isEmpty() {
    return progress == null;
  }

  /** The oldest policy version that producers may step with once this is sent. */
  long requiredPolicyVersion() {
    return progress == null ? 0 : progress.getRequiredPolicyVersion();
  }

  /** The next transaction: one snapshot at most, everything else that there is. */
  @Nullable Publication take() {
    Progress taken = progress;
    if (taken == null) {
      return null;
    }
    Snapshot snapshot = snapshots.poll();
    progress = snapshots.isEmpty() ? null : taken;
    // A run's last state follows everything else of it.
    RunState last = progress == null ? state : null;
    Publication next = new Publication(taken, policy, snapshot, checkpoint, last);
    policy = null;
    checkpoint = null;
    state = last == null ? state : null;
    return next;
  }
}
