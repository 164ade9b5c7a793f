package dev.relive.learner;

import java.util.List;
import java.util.Optional;

/**
 * What came of deriving a run again.
 *
 * @param run its id
 * @param snapshots by steps, all that are in the log and those that should be
 * @param segments segments of the log that were learned from, those learned from twice counted
 *     twice
 * @param steps their transitions
 * @param rejected records of the stream that could not be used
 * @param notes what the user should know about it, in sentences
 */
public record Reproduction(
    String run,
    List<DerivedSnapshot> snapshots,
    long segments,
    long steps,
    long rejected,
    List<String> notes) {

  /** Copies the lists. */
  public Reproduction {
    snapshots = List.copyOf(snapshots);
    notes = List.copyOf(notes);
  }

  /** Whether every snapshot follows from the log. */
  public boolean isSame() {
    return snapshots.stream().allMatch(DerivedSnapshot::isSame);
  }

  /** Snapshots that do not follow from it. */
  public long differing() {
    return snapshots.stream().filter(snapshot -> !snapshot.isSame()).count();
  }

  /** The first of them. */
  public Optional<DerivedSnapshot> firstDiffering() {
    return snapshots.stream().filter(snapshot -> !snapshot.isSame()).findFirst();
  }
}
