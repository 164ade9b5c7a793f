package dev.relive.dashboards;

/** Where alerts fire and panels turn red. */
final class Thresholds {
  /** Seconds without a new snapshot. */
  static final int SNAPSHOT_AGE = 1_800;

  /** Seconds without an evaluation while there is a newer snapshot. */
  static final int EVALUATION_AGE = 900;

  /** Records that the learner has not fetched. */
  static final int LAG_RECORDS = 1_000;

  /** The fraction of the best mean return by which the last may be lower. */
  static final double RETURN_DROP = 0.5;

  /** How many standard deviations of its returns it must be lower besides. */
  static final int RETURN_DROP_DEVIATIONS = 2;

  /** Free space by the floor below which no experience is taken. */
  static final int FREE_DISK_BY_FLOOR = 2;

  private Thresholds() {}
}
