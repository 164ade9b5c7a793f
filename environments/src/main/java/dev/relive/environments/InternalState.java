package dev.relive.environments;

/**
 * What dynamics hold of a lane beyond its observation, so that they can be compared with a
 * reference step by step, random stream included.
 */
public interface InternalState {
  /** The numbers that determine what follows, as the reference's trajectories name them. */
  double[] state(int lane);

  /** Goes on from a state. */
  void restore(int lane, double[] state);

  /** The next number in [0, 1) of the lane's random stream, which does not move. */
  double peek(int lane);
}
