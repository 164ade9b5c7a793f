package dev.relive.log;

import dev.relive.log.wire.CheckpointPart;
import dev.relive.log.wire.Policy;
import dev.relive.log.wire.Progress;
import dev.relive.log.wire.Snapshot;
import java.util.ArrayDeque;
import java.util.List;
import java.util.Queue;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * What waits to be published, merged: the newest Progress, policy and checkpoint, and every
 * snapshot. Not thread-safe.
 */
final class PublicationQueue {
  /** Snapshots waiting beyond which a learner has to wait as well. */
  static final int MOST_SNAPSHOTS = 4;

  private final PublisherCounters counters;
  private final Queue<Snapshot> snapshots = new ArrayDeque<>();
  private List<CheckpointPart> checkpoint = List.of();
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
    if (!publication.checkpoint().isEmpty()) {
      checkpoint = publication.checkpoint();
    }
  }

  boolean isEmpty() {
    return progress == null;
  }

  /** The next transaction: one snapshot at most, everything else that there is. */
  @Nullable Publication take() {
    Progress taken = progress;
    if (taken == null) {
      return null;
    }
    Publication next = new Publication(taken, policy, snapshots.poll(), checkpoint);
    policy = null;
    checkpoint = List.of();
    progress = snapshots.isEmpty() ? null : taken;
    return next;
  }
}
