package dev.relive.log;

import dev.relive.log.wire.EnvironmentSpec;
import dev.relive.log.wire.Space;
import dev.relive.log.wire.SpaceKind;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/**
 * What the segments of an environment look like: the spaces of a run's spec as a check, so that a
 * learner never meets an observation of another size, an action that does not exist or a number
 * that is none.
 */
final class SegmentShape {
  private final int[] observationShape;
  private final int[] actionShape;
  private final long firstAction;
  private final long actionCount;

  /**
   * How many categories each number of an observation chooses from, and the first; 0: it is none.
   */
  private final long[] categories;

  private final long[] firstCategories;

  private SegmentShape(
      int[] observationShape,
      int[] actionShape,
      long firstAction,
      long actionCount,
      Space observations) {
    this.observationShape = observationShape;
    this.actionShape = actionShape;
    this.firstAction = firstAction;
    this.actionCount = actionCount;
    this.categories = observations.getCountsList().stream().mapToLong(Long::longValue).toArray();
    this.firstCategories = new long[categories.length];
    for (int i = 0; i < categories.length; i++) {
      firstCategories[i] = firstCategory(observations, i);
    }
  }

  /** Where there are several parts, the bounds say which is the lowest integer. */
  private static long firstCategory(Space observations, int element) {
    int bounds = observations.getLowCount();
    return bounds == 0
        ? observations.getStart()
        : (long) observations.getLow(Math.min(element, bounds - 1));
  }

  static SegmentShape of(EnvironmentSpec environment) {
    Space actions = environment.getActions();
    boolean discrete = actions.getKind() == SpaceKind.DISCRETE && actions.getCountsCount() == 1;
    return new SegmentShape(
        shape(environment.getObservations()),
        shape(actions),
        actions.getStart(),
        discrete ? actions.getCounts(0) : 0,
        environment.getObservations());
  }

  /** Refuses a segment of another environment. */
  void check(Segment segment) throws RejectedRecordException {
    String problem = problem(segment);
    if (problem != null) {
      throw new RejectedRecordException(RejectionReason.INVALID, problem);
    }
  }

  private @Nullable String problem(Segment segment) {
    if (!Arrays.equals(segment.observations().shape(), observationShape)) {
      return otherShape("observations", segment.observations(), observationShape);
    }
    if (!Arrays.equals(segment.actions().shape(), actionShape)) {
      return otherShape("actions", segment.actions(), actionShape);
    }
    if (actionCount > 0
        && !segment.actions().isIntegersWithin(firstAction, firstAction + actionCount - 1)) {
      return "A segment has an action other than the environment's "
          + actionCount
          + " from "
          + firstAction
          + " on.";
    }
    for (int i = 0; i < categories.length; i++) {
      if (categories[i] > 0 && !isCategory(segment.observations(), i)) {
        return "A segment has an observation whose number %d is no integer from %d to %d."
            .formatted(i, firstCategories[i], firstCategories[i] + categories[i] - 1);
      }
    }
    return segment.observations().isFinite() && segment.rewards().isFinite()
        ? null
        : "A segment has an observation or a reward that is not a finite number.";
  }

  private boolean isCategory(Column observations, int element) {
    long first = firstCategories[element];
    return observations.isIntegerWithin(element, first, first + categories[element] - 1);
  }

  private static String otherShape(String name, Column column, int[] expected) {
    return "A segment has "
        + name
        + " of shape "
        + Arrays.toString(column.shape())
        + " where the environment's are "
        + Arrays.toString(expected)
        + ".";
  }

  private static int[] shape(Space space) {
    return space.getShapeList().stream().mapToInt(Integer::intValue).toArray();
  }
}
