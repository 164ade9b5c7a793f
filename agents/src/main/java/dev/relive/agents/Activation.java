package dev.relive.agents;

/** What stands between the layers of a network. */
public enum Activation {
  /** max(0, x). */
  RELU,
  /** The hyperbolic tangent. */
  TANH
}
