package dev.relive.evaluator;

/** Chooses an action in every lane. */
@FunctionalInterface
interface LanePolicy {

  /**
   * Chooses.
   *
   * @param observations lanes × observation size
   * @param actions receives an action for each lane
   */
  void act(float[] observations, int[] actions);
}
