package dev.relive.agents;

/** Whether a category reaches the network as a number for each that there is: one 1, the rest 0. */
public enum OneHot {
  /** Where observations have categories. */
  AUTO,
  /** They must have. */
  TRUE,
  /** A category stays the number that it is. */
  FALSE
}
