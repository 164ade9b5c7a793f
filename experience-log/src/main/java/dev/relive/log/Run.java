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

  /** Where it stands: the verdict outranks the state, but ends no deterministic run. */
  public Phase phase() {
    Phase learned = learnerPhase();
    boolean goesOn = spec.getDeterministic() && learned == Phase.ACTIVE;
    return verdict == null || goesOn ? learned : Phase.SOLVED;
  }

  private Phase learnerPhase() {
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

  /** Whether producers may step for it. */
  public boolean isActive() {
    return phase() == Phase.ACTIVE;
  }

  @Override
  public String toString() {
    return label().isEmpty() ? id() : id() + " (" + label() + ")";
  }
}
