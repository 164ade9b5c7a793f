package dev.relive.cli;

/** Chooses the actions of episodes that are played one after the other. */
interface PlayPolicy extends AutoCloseable {

  /** Hears that the observation that comes next is the first of an episode. */
  default void begin() {}

  /**
   * Chooses what to do next.
   *
   * @param observation a row of the environment's observation space
   */
  Action choose(float[] observation);

  /** Who it is, in a few words. */
  String name();

  @Override
  default void close() {}
}
