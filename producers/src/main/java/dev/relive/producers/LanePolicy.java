package dev.relive.producers;

/** Chooses the actions of all lanes at once. Belongs to the thread that steps them. */
interface LanePolicy {

  /**
   * Takes the newest weights, where newer ones have arrived.
   *
   * @return whether there is a policy to act with
   */
  boolean refresh();

  /** The version acting. */
  long version();

  /**
   * Chooses an action for each lane.
   *
   * @param observations lanes × observation size
   * @param actions receives lanes × action size
   * @param probabilities receives the probability with which each lane's action was chosen
   */
  void act(float[] observations, int[] actions, float[] probabilities);
}
