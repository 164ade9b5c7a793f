package dev.relive.learner;

import dev.relive.learner.Admission.Origin;
import dev.relive.log.wire.CheckpointState;
import java.util.ArrayDeque;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/**
 * From which segment on the log must be read again so that the same is remembered: from the first
 * of everything that is still remembered or held back, but for duplicates. From there more may come
 * again than is remembered, and how much of it has been forgotten is known, too.
 *
 * <p>That segment never moves backwards: what is admitted later has been held back until then, or
 * is read later.
 */
final class ExperienceWindow {
  private static final int PRUNE_AT = 1024;

  /** In the order of their admission; all that begin within the window, and some before it. */
  private final ArrayDeque<Admitted> admitted = new ArrayDeque<>();

  private final TreeSet<Long> duplicates = new TreeSet<>();
  private int pruneAt = PRUNE_AT;

  /** What came into the places {@code [first, end)} of what is remembered. */
  private record Admitted(Origin origin, long first, long end) {}

  /**
   * Something is remembered.
   *
   * @param first its first place, counted over all ever used
   * @param end the place after its last
   */
  void add(Origin origin, long first, long end) {
    if (end > first) {
      admitted.add(new Admitted(origin, first, end));
    }
  }

  /** A segment came again, and was dropped. */
  void addDuplicate(long ordinal) {
    duplicates.add(ordinal);
  }

  boolean isDuplicate(long ordinal) {
    return duplicates.contains(ordinal);
  }

  /**
   * Forgets what is not needed any more, now and then.
   *
   * @param oldest the oldest place that is remembered
   * @param held from where on segments are held back; null where none are
   */
  void forgetBefore(long oldest, @Nullable Origin held) {
    if (admitted.size() + duplicates.size() >= pruneAt) {
      prune(first(oldest, held));
      pruneAt = 2 * (admitted.size() + duplicates.size()) + PRUNE_AT;
    }
  }

  private @Nullable Origin first(long oldest, @Nullable Origin held) {
    Origin first = held;
    for (Admitted each : admitted) {
      if (each.end() > oldest && (first == null || each.origin().ordinal() < first.ordinal())) {
        first = each.origin();
      }
    }
    return first;
  }

  private void prune(@Nullable Origin first) {
    if (first == null) {
      admitted.clear();
      duplicates.clear();
    } else {
      admitted.removeIf(each -> each.origin().ordinal() < first.ordinal());
      duplicates.headSet(first.ordinal()).clear();
    }
  }

  /** Writes down where to begin, if there is anything to read again. */
  void save(CheckpointState.Builder checkpoint, long oldest, @Nullable Origin held) {
    Origin first = first(oldest, held);
    prune(first);
    if (first == null) {
      return;
    }
    checkpoint
        .setWindowFirstSegment(first.ordinal())
        .setWindowStart(
            checkpoint.getWindowStart().toBuilder()
                .setPartition(first.partition())
                .setOffset(first.offset()))
        .setWindowFirst(first.identity())
        .setWindowSkippedSteps(forgotten(oldest))
        .addAllWindowDuplicates(duplicates);
  }

  /** Places of the window that are not remembered any more: those that come first again. */
  private long forgotten(long oldest) {
    long places = 0;
    for (Admitted each : admitted) {
      places += Math.max(0, Math.min(oldest, each.end()) - each.first());
    }
    return places;
  }

  /** Takes over which segments of a checkpoint's window are duplicates; the others come again. */
  void restore(CheckpointState checkpoint) {
    duplicates.addAll(checkpoint.getWindowDuplicatesList());
  }
}
