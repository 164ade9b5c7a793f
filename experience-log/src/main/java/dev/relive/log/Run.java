package dev.relive.log;

import dev.relive.log.wire.RunSpec;
import dev.relive.log.wire.RunState;
import dev.relive.log.wire.RunVerdict;
import org.jspecify.annotations.Nullable;

/**
 * A run as its records say.
 *
 * @param state null until its learner has written one
 * @param verdict null until an evaluator found it solved
 */
public record Run(RunSpec spec, @Nullable RunState state, @Nullable RunVerdict verdict) {

  /** Where a run stands, all its records taken together. */
  public enum Phase {
    /** Its spec is written, its learner has not begun. */
    CREATED,
    /** Its learner learns. */
    ACTIVE,
    /** An evaluator's verdict says so, whatever the learner's state. */
    SOLVED,
    /** Ended by the user, or its steps are spent. */
    STOPPED,
    /** Ended by an error, which the state's reason tells. */
    FAILED
  }

  /** The run's id. */
  public String id() {
    return spec.getRun();
  }

  /** The name its user gave it; may be empty, and several runs may have the same. */
  public String label() {
    return spec.getLabel();
  }

  /**
   * Where it stands: the verdict outranks the state, but a run that it does not end is active for
   * as long as its learner says so.
   */
  public Phase phase() {
    Phase learned = learnerPhase();
    boolean goesOn = !endsWhenSolved(spec) && learned == Phase.ACTIVE;
    return verdict == null || goesOn ? learned : Phase.SOLVED;
  }

  /**
   * Whether a verdict ends a run. It ends none that is deterministic, and none that learns from
   * another's experience: where these end is to depend on the log alone, and they cost no steps.
   */
  public static boolean endsWhenSolved(RunSpec spec) {
    return !spec.getDeterministic() && !learnsFromAnother(spec);
  }

  /** Whether a run learns from another run's experience, so that it takes no producers. */
  public static boolean learnsFromAnother(RunSpec spec) {
    return !spec.getSourceRun().isEmpty();
  }

  /** Where its learner says that it stands; never SOLVED, which is an evaluator's word. */
  public Phase learnerPhase() {
    if (state == null) {
      return Phase.CREATED;
    }
    return switch (state.getPhase()) {
      case ACTIVE -> Phase.ACTIVE;
      case STOPPED -> Phase.STOPPED;
      case FAILED -> Phase.FAILED;
      case RUN_PHASE_UNSPECIFIED, UNRECOGNIZED -> Phase.CREATED;
    };
  }

  /** Whether it is being learned. */
  public boolean isActive() {
    return phase() == Phase.ACTIVE;
  }

  @Override
  public String toString() {
    return label().isEmpty() ? id() : id() + " (" + label() + ")";
  }
}
