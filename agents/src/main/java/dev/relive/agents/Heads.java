package dev.relive.agents;

/** What the outputs of a network's last layer mean. */
public enum Heads {
  /** The value of each action. */
  ACTION_VALUES,
  /** A logit for each action, then the value of the observation. */
  POLICY_AND_VALUE
}
