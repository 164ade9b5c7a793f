package dev.relive.log;

import java.time.Instant;

/** A place in the experience of a run, as people name it. */
public sealed interface ExperiencePlace {

  /** Before a segment, counted in log order from 0. */
  record Segment(long ordinal) implements ExperiencePlace {}

  /** Before what the broker appended at or after a time. */
  record Time(Instant time) implements ExperiencePlace {}

  /**
   * Where the run's learner stood after so many transitions: before the segment that the next one
   * is of.
   */
  record Steps(long runSteps) implements ExperiencePlace {}
}
