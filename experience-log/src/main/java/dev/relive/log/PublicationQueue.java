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
 * What waits to be published, merged: the newest Progress, policy, checkpoint and run state, and
 * every snapshot. Not thread-safe.
 */
final class PublicationQueue {
  /** Snapshots waiting beyond which a learner has to wait as well. */
  static final int MOST_SNAPSHOTS = 4;

  private final PublisherCounters counters;
  private final Queue<Snapshot> snapshots = new ArrayDeque<>();
  private @Nullable Supplier<Policy> policy;
  private @Nullable Supplier<CheckpointState> checkpoint;
  private @Nullable RunState state;
  private @Nullable Progress progress;
  private long requiredVersionTaken;

  /**
   * @param requiredVersion the required policy version that was published last
   */
  PublicationQueue(PublisherCounters counters, long requiredVersion) {
    this.counters = counters;
    this.requiredVersionTaken = requiredVersion;
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

  /** Whether producers wait for what is in here: it requires a newer policy than before. */
  boolean isUrgent() {
    return progress != null && progress.getRequiredPolicyVersion() > requiredVersionTaken;
  }

  /**
   * The next transaction: one snapshot at most. Checkpoint and state come with the last snapshot,
   * since they tell that it is there.
   */
  @Nullable Publication take() {
    Progress taken = progress;
    if (taken == null) {
      return null;
    }
    requiredVersionTaken = taken.getRequiredPolicyVersion();
    Supplier<Policy> nextPolicy = policy;
    Snapshot nextSnapshot = snapshots.poll();
    policy = null;
    if (!snapshots.isEmpty()) {
      return new Publication(taken, nextPolicy, nextSnapshot, null, null);
    }
    Publication last = new Publication(taken, nextPolicy, nextSnapshot, checkpoint, state);
    checkpoint = null;
    state = null;
    progress = null;
    return last;
  }
}
