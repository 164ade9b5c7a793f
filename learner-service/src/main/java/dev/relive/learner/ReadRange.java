package dev.relive.learner;

import dev.relive.log.ExperiencePlace;
import org.jspecify.annotations.Nullable;

/**
 * Which part of another run's experience is read, as a user names it.
 *
 * @param from where it begins; null for where the snapshot was made, or else the run's start
 * @param to where it ends; null for what the log holds when reading is decided upon, or for a live
 *     reader the end of the run
 * @param fromSnapshot the snapshot with whose weights learning begins; 0 for none
 * @param live whether a range without a stated end goes on with the run
 * @param shuffledPasses how often it is read in random order; 0 for once in the order of the log
 */
public record ReadRange(
    @Nullable ExperiencePlace from,
    @Nullable ExperiencePlace to,
    long fromSnapshot,
    boolean live,
    long shuffledPasses) {
  /** All of a run, as long as it goes on. */
  public static final ReadRange LIVE = new ReadRange(null, null, 0, true);

  /** All that the log holds of a run. */
  public static final ReadRange HELD = new ReadRange(null, null, 0, false);

  /** A range in the order of the log. */
  public ReadRange(
      @Nullable ExperiencePlace from,
      @Nullable ExperiencePlace to,
      long fromSnapshot,
      boolean live) {
    this(from, to, fromSnapshot, live, 0);
  }

  /** The same range in random order, so many times. */
  public ReadRange shuffled(long passes) {
    return new ReadRange(from, to, fromSnapshot, live, passes);
  }
}
