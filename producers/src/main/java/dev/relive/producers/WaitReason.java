package dev.relive.producers;

import java.util.Locale;

/** What a producer waits for. */
public enum WaitReason {
  /** The run's first policy. */
  POLICY,
  /** The policy version that the learner requires. */
  VERSION,
  /** The learner's ingestion of what the producer made. */
  CREDIT;

  /** As the label of a meter. */
  String label() {
    return name().toLowerCase(Locale.ROOT);
  }
}
