package dev.relive.environments;

import dev.relive.environments.random.Generator;

/**
 * The rules of a task for a number of lanes, in structure-of-arrays form: how a lane begins and how
 * an action changes it. Seeds, the order of calls, checked actions, longest episodes and automatic
 * resets are not its concern.
 */
interface Dynamics {
  /**
   * Puts a lane in a first state and writes its row of {@code observations}, lanes × observation
   * size.
   */
  void reset(int lane, Generator random, Options options, float[] observations);

  /**
   * Does an action in every lane.
   *
   * @param actions lanes × action size, each in the action space
   * @param observations lanes × observation size, all rewritten
   * @param rewards one for each lane, all rewritten
   * @param terminated one for each lane, all rewritten
   */
  void step(int[] actions, float[] observations, double[] rewards, boolean[] terminated);

  /** A lane's state as a picture of some lines of text. */
  String text(int lane);
}
