package dev.relive.agents;

/**
 * A learner of an algorithm: a network, its optimiser and whatever else the next update depends on.
 * The update itself is each algorithm's own, as are its batches.
 *
 * <p>After the same updates on the same batches two learners are the same to the last bit. Not for
 * use by several threads.
 */
public sealed interface Agent extends AutoCloseable permits DoubleDqn, ActorCritic {

  /** Updates made, those before a restore included. */
  long updates();

  /** A copy of the network's parameters, to act by and to keep. */
  Tensors weights();

  /** A copy of everything that the next update depends on, besides the count of updates. */
  Tensors state();

  /**
   * Goes on where a state was taken.
   *
   * @param updates the count of updates at that time
   * @throws IllegalArgumentException when the state is another network's or another algorithm's
   */
  void restore(Tensors state, long updates);

  @Override
  void close();
}
