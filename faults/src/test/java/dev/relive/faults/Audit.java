package dev.relive.faults;

/**
 * How the log stands to what was acknowledged, in segments.
 *
 * @param acknowledged what producers said is in the log
 * @param lost of these, what is not
 * @param duplicated what stands there once more
 * @param inDoubt what is in the log although nobody said so: it was on its way when its producer or
 *     the broker was killed
 */
record Audit(long acknowledged, long lost, long duplicated, long inDoubt) {

  /** What has come since an earlier one. */
  Audit since(Audit earlier) {
    return new Audit(
        acknowledged - earlier.acknowledged,
        lost - earlier.lost,
        duplicated - earlier.duplicated,
        inDoubt - earlier.inDoubt);
  }
}
