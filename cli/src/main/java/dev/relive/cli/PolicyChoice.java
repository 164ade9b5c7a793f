package dev.relive.cli;

import java.util.Optional;

/** Who plays, as the user says. */
sealed interface PolicyChoice {

  /**
   * Chance.
   *
   * @param seed of its stream
   */
  record Random(long seed) implements PolicyChoice {}

  /** The rule for CartPole. */
  record Angle() implements PolicyChoice {}

  /**
   * What a run has learned.
   *
   * @param run by id or label; empty for the only one
   */
  record Learned(Optional<String> run, SnapshotChoice snapshot) implements PolicyChoice {}
}
