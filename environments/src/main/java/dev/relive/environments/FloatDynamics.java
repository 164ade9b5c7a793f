package dev.relive.environments;

/** Rules of a task whose actions are floats. */
public non-sealed interface FloatDynamics extends Dynamics {
  /**
   * Does an action in the lanes from {@code from} to before {@code to}.
   *
   * @param actions lanes × action size, each in the action space
   * @param observations lanes × observation size; those lanes' rows are rewritten. The same array
   *     at every call, to which nothing else writes
   * @param rewards one for each lane, those lanes' rewritten
   * @param terminated one for each lane, those lanes' rewritten
   */
  void step(
      int from,
      int to,
      float[] actions,
      float[] observations,
      double[] rewards,
      boolean[] terminated);
}
