package dev.relive.learner;

import org.jspecify.annotations.Nullable;

/**
 * A snapshot of a run beside what its log leads to at the same steps and updates.
 *
 * @param version the snapshot's; 0 where the log leads to one that it does not hold
 * @param generation the learner that published it; 0 likewise
 * @param recorded the SHA-256 of its weights in hexadecimal; empty where they are damaged, null
 *     where there is no such snapshot
 * @param derived the SHA-256 of the derived weights; null where the log does not lead to those
 *     steps and updates
 */
public record DerivedSnapshot(
    long version,
    long generation,
    long runSteps,
    long updates,
    @Nullable String recorded,
    @Nullable String derived) {

  /** Whether the weights are the same. */
  public boolean isSame() {
    return recorded != null && recorded.equals(derived);
  }
}
