package dev.relive.evaluator;

/** Chooses in every lane what it takes for the best action. */
@FunctionalInterface
interface GreedyPolicy {

  /** Hears that the observations that come next are the first of an episode, in every lane. */
  default void begin() {}

  /**
   * Chooses.
   *
   * @param observations lanes × observation size
   * @param actions receives an action for each lane
   */
  void act(float[] observations, int[] actions);
}
