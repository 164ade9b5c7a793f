package dev.relive.environments;

/**
 * The values that an observation or an action can take. A value is a row of {@link #size} numbers.
 */
public sealed interface Space permits Discrete, Box {
  /** Numbers in a row. */
  int size();
}
