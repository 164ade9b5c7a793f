package dev.relive.learner;

import dev.relive.environments.random.Generator;

/** The order in which the chunks of a range are read. */
public final class ChunkOrder {
  private ChunkOrder() {}

  /** A permutation of the numbers below {@code size}, each as likely as any: Fisher and Yates'. */
  public static int[] permutation(int size, Generator random) {
    int[] order = new int[size];
    for (int i = 0; i < size; i++) {
      int other = random.integers(i + 1);
      order[i] = order[other];
      order[other] = i;
    }
    return order;
  }
}
