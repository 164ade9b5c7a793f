package dev.relive.agents;

/** What one update saw, before it changed anything. */
public sealed interface UpdateReport permits ValueReport, ActorCriticReport {

  /** What the update lowers, over the batch. */
  double loss();

  /** Mean value that the network gave to what the batch began with. */
  double meanValue();

  /** The gradient's global norm before clipping. */
  double gradientNorm();
}
