package dev.relive.simulation;

import java.util.function.Supplier;

/** What the protocol promises, each as the sentence that is held against every event. */
enum Invariant {
  GAPS_ARE_SEEN("a learner counts every segment that is missing before one that it ingested"),
  NOTHING_TWICE("no transition is ingested twice by a learner or by those that it goes on from"),
  NOTHING_LOST(
      "every segment that can be read is ingested, where it stands, unless it came before"),
  VERSIONS_INCREASE("versions of weights strictly increase, across generations"),
  POLICIES_ARE_COMMITTED("no producer steps with a version that is not committed"),
  SNAPSHOTS_ARE_KEPT("every snapshot that is due comes into the log, whoever dies"),
  SNAPSHOTS_HAVE_PARENTS("each snapshot names the snapshot that was committed before it"),
  PROGRESS_NAMES_WHAT_IS_THERE(
      "the newest Progress names the newest policy, snapshot and checkpoint, and where they stand"),
  ONE_LEARNER("each Progress follows the one before; whoever was replaced commits nothing more"),
  CREDIT_IS_EARNED("Progress never grants credit for what is not ingested, or waits in a batch"),
  CREDIT_DOES_NOT_LEAK("Progress grants credit for all that is ingested, whatever was lost"),
  LEAD_IS_BOUNDED("no producer steps beyond the credit and the version that it last heard of"),
  CREDIT_IS_USED("no producer waits for credit or a version that it has"),
  NOTHING_WAITS_FOR_EVER("once trouble ends the run comes to its end"),
  BATCHES_ARE_FRESH("a batch holds only what versions did that are allowed at that moment"),
  ACKNOWLEDGED_IS_LOGGED("what a producer takes as acknowledged stands in the log at that place"),
  UPDATES_FOLLOW_THE_LOG("how many updates are made is a function of the steps ingested"),
  RESTORED_IS_THE_SAME("a learner that was restored is what one that never stopped would be"),
  EVALUATED_ONCE("no snapshot is evaluated twice, and a run's end leaves its last one evaluated");

  private final String sentence;

  Invariant(String sentence) {
    this.sentence = sentence;
  }

  String sentence() {
    return sentence;
  }

  /** Fails unless it holds. */
  void require(boolean holds, Supplier<String> found) {
    if (!holds) {
      throw new Violation(this, found.get());
    }
  }

  /** Fails unless both are the same. */
  void requireSame(long expected, long found, Supplier<String> what) {
    if (expected != found) {
      throw new Violation(this, "%s: %d, not %d".formatted(what.get(), found, expected));
    }
  }

  /** An invariant that does not hold. */
  static final class Violation extends Error {
    private static final long serialVersionUID = 1;
    private final Invariant invariant;

    Violation(Invariant invariant, String found) {
      super(invariant + " (" + invariant.sentence + "): " + found);
      this.invariant = invariant;
    }

    Invariant invariant() {
      return invariant;
    }
  }
}
