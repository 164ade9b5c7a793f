package dev.relive.learner;

import dev.relive.agents.Tensors;

/** An agent as a learner knows it: weights that updates change. Behind it begins native code. */
interface Updates extends AutoCloseable {

  /** Updates made, those before a restore included. */
  long count();

  /** A copy of the weights, to act by and to keep. */
  Tensors weights();

  /** A copy of everything that the next update depends on, besides the count of updates. */
  Tensors state();

  /** Goes on where a state was taken after {@code count} updates. */
  void restore(Tensors state, long count);

  @Override
  void close();
}
