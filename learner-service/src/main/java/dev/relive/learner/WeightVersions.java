package dev.relive.learner;

import java.util.concurrent.atomic.AtomicLong;

/**
 * The versions of a run's weights, which count what is published to act by or to keep, and the
 * oldest one that producers may step with. Changed by the training thread, read by any.
 */
final class WeightVersions {
  private final boolean lockstep;
  private final int lead;
  private final long first;
  private final AtomicLong newest;

  /**
   * @param published the newest version of earlier generations; 0 for a new run
   * @param lockstep whether producers wait for versions at all
   * @param lead versions by which producers may be behind the newest
   */
  WeightVersions(long published, boolean lockstep, int lead) {
    this.lockstep = lockstep;
    this.lead = lead;
    this.first = published + 1;
    this.newest = new AtomicLong(published);
  }

  /** The next version. */
  long next() {
    return newest.incrementAndGet();
  }

  /** The newest version. */
  long newest() {
    return newest.get();
  }

  /**
   * The oldest version that producers may step with; 0 where any will do. Weights of an earlier
   * generation are too old: from its last checkpoint on they were learned again, or never were.
   */
  long required() {
    return lockstep ? Math.max(first, newest.get() - lead) : 0;
  }
}
