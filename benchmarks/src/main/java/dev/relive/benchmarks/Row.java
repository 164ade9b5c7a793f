package dev.relive.benchmarks;

import org.jspecify.annotations.Nullable;

/**
 * A line of the table.
 *
 * @param what was measured
 * @param unit of all figures
 * @param ours our own figure
 * @param yardstick what ours is held against; null where there is nothing to hold it against
 */
record Row(String what, String unit, Series ours, @Nullable Yardstick yardstick) {

  /**
   * A limit or a peer, measured in turns with ours.
   *
   * @param what was measured
   * @param figure in the row's unit
   * @param target what ours should reach; null where nothing was set
   */
  record Yardstick(String what, Series figure, @Nullable Target target) {}

  /** Ours by the yardstick's; NaN without one. */
  double ratio() {
    return yardstick == null ? Double.NaN : ours.median() / yardstick.figure().median();
  }
}
