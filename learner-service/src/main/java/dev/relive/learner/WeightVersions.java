package dev.relive.learner;

/**
 * The versions of a run's weights, which count what is published to act by or to keep, and the
 * oldest one that producers may step with. Changed by the training thread, read by any.
 */
final class WeightVersions {
  private final boolean lockstep;
  private final int lead;
  private final long first;
  private volatile long newest;

  /**
   * @param published the newest version of earlier generations; 0 for a new run
   * @param lockstep whether producers wait for versions at all
   * @param lead versions by which producers may be behind the newest
   */
  WeightVersions(long published, boolean lockstep, int lead) {
    this.lockstep = lockstep;
    this.lead = lead;
    this.first = published + 1;
    this.newest = published;
  }

  /** The next version. */
  long next() {
    newest++;
    return newest;
  }

  /** The newest version. */
  long newest() {
    return newest;
  }

  /**
   * The oldest version that producers may step with; 0 where any will do. Weights of an earlier
   * generation are too old: from its last checkpoint on they were learned again, or never were.
   */
  long required() {
    return lockstep ? Math.max(first, newest - lead) : 0;
  }
}
