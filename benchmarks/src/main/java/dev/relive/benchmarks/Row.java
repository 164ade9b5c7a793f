package dev.relive.benchmarks;

import org.jspecify.annotations.Nullable;

/**
 * A line of the table.
 *
 * @param what was measured
 * @param unit what is counted per second
 * @param ours our own speed
 * @param yardstick what ours is held against; null where there is nothing to hold it against
 */
record Row(String what, String unit, Series ours, @Nullable Yardstick yardstick) {

  /**
   * A limit or a peer, measured in turns with ours.
   *
   * @param what was measured
   * @param speed in the row's unit
   * @param target the least that ours should be of it; null where none was set
   */
  record Yardstick(String what, Series speed, @Nullable Double target) {}

  /** Ours by the yardstick's; NaN without one. */
  double ratio() {
    return yardstick == null ? Double.NaN : ours.median() / yardstick.speed().median();
  }
}
