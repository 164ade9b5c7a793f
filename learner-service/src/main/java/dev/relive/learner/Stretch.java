package dev.relive.learner;

import static java.util.Comparator.comparingLong;

import dev.relive.log.wire.Generation;
import java.util.ArrayList;
import java.util.List;
import java.util.TreeMap;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/**
 * Learning that is derived in one go.
 *
 * @param generation whose learning it is; 1 for a whole run's
 * @param firstVersion the first version of its weights
 * @param start where it goes on; null where it begins with the run
 * @param snapshots what to compare on the way
 * @param forks the segments before which later stretches go on
 */
record Stretch(
    long generation,
    long firstVersion,
    @Nullable Fork start,
    List<RecordedSnapshot> snapshots,
    TreeSet<Long> forks) {

  /** The learner's state as one generation had it before it took one of the run's segments. */
  record Fork(long generation, long segments) {}

  /**
   * What there is to derive of a run.
   *
   * @return each stretch after the one that it goes on from
   */
  static List<Stretch> of(LearnerSettings settings, List<RecordedSnapshot> snapshots) {
    return dependOnRestarts(settings)
        ? byGeneration(snapshots)
        : List.of(new Stretch(1, 1, null, snapshots, new TreeSet<>()));
  }

  /**
   * Whether it makes a difference to the weights where learners were started again. A replay is
   * read back from the log and is the same. A batch that waited is lost, and what is learned from
   * afterwards may have to be by the new learner's weights.
   */
  static boolean dependOnRestarts(LearnerSettings settings) {
    return settings instanceof BatchSettings;
  }

  private static List<Stretch> byGeneration(List<RecordedSnapshot> snapshots) {
    TreeMap<Long, Stretch> stretches = new TreeMap<>();
    for (RecordedSnapshot snapshot : snapshots) {
      @Nullable Stretch before = null;
      for (Generation generation : snapshot.lineage()) {
        before = add(stretches, generation, before);
      }
      if (before != null) {
        before.snapshots().add(snapshot);
      }
    }
    return List.copyOf(stretches.values());
  }

  private static Stretch add(
      TreeMap<Long, Stretch> stretches, Generation generation, @Nullable Stretch before) {
    @Nullable Fork start =
        before == null || generation.getSegments() == 0
            ? null
            : new Fork(before.generation(), generation.getSegments());
    if (before != null && start != null) {
      before.forks().add(start.segments());
    }
    return stretches.computeIfAbsent(
        generation.getGeneration(),
        number ->
            new Stretch(
                number, generation.getFirstVersion(), start, new ArrayList<>(), new TreeSet<>()));
  }

  /** Steps of the run up to which there is something to compare; -1 where there is nothing. */
  long lastSteps() {
    return snapshots.stream()
        .map(snapshot -> snapshot.place().runSteps())
        .max(comparingLong(steps -> steps))
        .orElse(-1L);
  }

  /** What there is to say where the log does not lead to its start. */
  List<DerivedSnapshot> underived() {
    return snapshots.stream().map(snapshot -> snapshot.beside(null)).toList();
  }
}
