package dev.relive.learner;

/** What to do when the run to resume is being learned by another learner. */
public enum IfRunning {
  /** Do nothing, and say so. */
  REFUSE,
  /** Take it over: the other one can publish nothing more and ends. */
  TAKE_OVER
}
