package dev.relive.log;

import java.util.Locale;

/** What can be found in a log that is not as the protocol promises, or that one should know of. */
public enum FindingKind {
  /** A record that no reader can use. */
  UNUSABLE_RECORD(Severity.FAILURE, "records that cannot be used"),
  /** A run that has segments and other records, but no spec. One without any was deleted. */
  UNKNOWN_RUN(Severity.FAILURE, "runs that lost their spec"),
  /** A segment outside the partitions and offsets that its run's spec names. */
  OUTSIDE_RUN(Severity.FAILURE, "segments outside their run"),
  /** Segments of an actor epoch that are missing. */
  GAP(Severity.FAILURE, "gaps"),
  /** A segment that has been there before. */
  DUPLICATE(Severity.FAILURE, "duplicates"),
  /** A segment that does not begin where its lane stands. */
  BROKEN_LANE(Severity.FAILURE, "broken lanes"),
  /** An actor's count of steps that is not the sum of its segments' lengths. */
  ACTOR_STEPS(Severity.FAILURE, "wrong counts of an actor's steps"),
  /** A first observation that is not the last one of the segment before. */
  OBSERVATION(Severity.FAILURE, "observations that do not continue"),
  /** A policy version that is older than the lane's one before, or that was never published. */
  POLICY_VERSION(Severity.FAILURE, "impossible policy versions"),
  /** An acknowledged segment that is not in the log. */
  LOST(Severity.FAILURE, "acknowledged segments that are not in the log"),
  /** Progress that contradicts the one before. */
  PROGRESS(Severity.FAILURE, "contradictions of Progress"),
  /** Counts in Progress that the log contradicts. */
  INGESTED(Severity.FAILURE, "wrong counts of what was ingested"),
  /** A pointer to something that does not stand there. */
  POINTER(Severity.FAILURE, "pointers to nothing"),
  /** A policy or snapshot that contradicts the one before. */
  LINEAGE(Severity.FAILURE, "contradictions of weights"),
  /** Weights that are not what their checksum says. */
  WEIGHTS(Severity.FAILURE, "damaged weights"),
  /** A checkpoint that is not whole, or from which its learner could not go on. */
  CHECKPOINT(Severity.FAILURE, "checkpoints of no use"),
  /** An evaluation of no snapshot, or one too many. */
  EVALUATION(Severity.FAILURE, "contradictions of evaluations"),
  /** A verdict without what it rests on. */
  VERDICT(Severity.FAILURE, "verdicts without their evaluations"),
  /** A copy of a rejected record whose source is another, or that is there twice. */
  REJECTED_COPY(Severity.FAILURE, "wrong copies of rejected records"),
  /** An actor epoch that ends in mid-episode: its process was killed, or still runs. */
  OPEN_EPOCH(Severity.NOTE, "actor epochs that end in mid-episode"),
  /** What the log has held and holds no more. */
  DELETED(Severity.NOTE, "parts that were deleted"),
  /** Transactions that are open. */
  UNCOMMITTED(Severity.NOTE, "partitions with open transactions"),
  /** Something that this log cannot tell. */
  NOT_PROVEN(Severity.NOTE, "things that this log cannot tell");

  /** Whether a log with it is still whole. */
  public enum Severity {
    /** Something was lost or is damaged. */
    FAILURE,
    /** Worth telling; it may be so in a log that is whole. */
    NOTE
  }

  private final Severity severity;
  private final String plural;

  FindingKind(Severity severity, String plural) {
    this.severity = severity;
    this.plural = plural;
  }

  /** Whether something was lost or is damaged. */
  public boolean isFailure() {
    return severity == Severity.FAILURE;
  }

  /** Its name for programs. */
  public String label() {
    return name().toLowerCase(Locale.ROOT).replace('_', '-');
  }

  /** What to call several. */
  public String plural() {
    return plural;
  }
}
