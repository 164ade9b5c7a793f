package dev.relive.log;

import org.jspecify.annotations.Nullable;

/**
 * An unbroken piece of one episode of one lane: {@code length} transitions and {@code length + 1}
 * observations. A decoded segment is a view of the record it came in, see {@link Column}.
 *
 * @param lane the environment that made it
 * @param sequence counts the segments of (actor, epoch) from 0, without gaps
 * @param episode counts the episodes of the lane from 0
 * @param firstStep the step of the episode that the first transition is, from 0
 * @param length transitions; 0 only to abandon an episode
 * @param end how the last transition leaves the episode
 * @param policyVersions which policy chose which action
 * @param actorSteps transitions that (actor, epoch) has made so far, these included
 * @param startedAtMicros when the first observation was made, microseconds since 1970
 * @param endedAtMicros when the last observation was made, microseconds since 1970
 * @param observations {@code length + 1} rows, raw
 * @param actions {@code length} rows
 * @param rewards {@code length} rows, raw
 * @param behaviourProbabilities {@code length} rows: the probability with which each action was
 *     chosen; null where the policy is deterministic
 */
public record Segment(
    LaneId lane,
    long sequence,
    long episode,
    long firstStep,
    int length,
    SegmentEnd end,
    PolicyVersions policyVersions,
    long actorSteps,
    long startedAtMicros,
    long endedAtMicros,
    Column observations,
    Column actions,
    Column rewards,
    @Nullable Column behaviourProbabilities) {

  /**
   * Checks what the protocol promises of a segment.
   *
   * @throws IllegalArgumentException naming the first broken rule
   */
  public Segment {
    requireThat(!lane.run().isEmpty(), "run", "nothing", "named");
    requireThat(!lane.actor().isEmpty(), "actor", "nothing", "named");
    requireCount(lane.lane(), Integer.MAX_VALUE, "lane");
    requireCount(sequence, Long.MAX_VALUE - 1, "sequence");
    requireCount(episode, Long.MAX_VALUE - 1, "episode");
    requireCount(length, Integer.MAX_VALUE - 1, "length");
    requireCount(firstStep, Long.MAX_VALUE - length, "first step");
    requireCount(actorSteps, Long.MAX_VALUE, "actor steps");
    requireThat(
        length > 0 || end == SegmentEnd.ABANDONED,
        "length",
        length,
        "at least 1, or 0 to abandon an episode");
    requireThat(actorSteps >= length, "actor steps", actorSteps, "at least its length");
    requireThat(observations.rows() == length + 1, "observations", observations, "length + 1 rows");
    requireThat(actions.rows() == length, "actions", actions, "length rows");
    requireScalars(rewards, length, "rewards");
    if (behaviourProbabilities != null) {
      requireScalars(behaviourProbabilities, length, "behaviour probabilities");
    }
    int versions = policyVersions.count();
    requireThat(
        versions == 0 ? length == 0 : policyVersions.from(versions - 1) < length,
        "policy versions",
        versions,
        "one or more, each starting within the segment, and none where the length is 0");
  }

  /** The step of the episode after the last transition. */
  public long nextStep() {
    return firstStep + length;
  }

  /**
   * Consecutive transitions of it as a segment: a view that has this one's sequence, and goes on
   * unless it has the last of them.
   *
   * @param from the first transition
   * @param count transitions, at least 1
   */
  public Segment slice(int from, int count) {
    if (from == 0 && count == length) {
      return this;
    }
    int left = length - from - count;
    return new Segment(
        lane,
        sequence,
        episode,
        firstStep + from,
        count,
        left == 0 ? end : SegmentEnd.CONTINUES,
        policyVersions.slice(from, count),
        actorSteps - left,
        startedAtMicros,
        endedAtMicros,
        observations.rows(from, count + 1),
        actions.rows(from, count),
        rewards.rows(from, count),
        behaviourProbabilities == null ? null : behaviourProbabilities.rows(from, count));
  }

  /** The same in memory of its own, to be kept. */
  public Segment copy() {
    return new Segment(
        lane,
        sequence,
        episode,
        firstStep,
        length,
        end,
        policyVersions,
        actorSteps,
        startedAtMicros,
        endedAtMicros,
        observations.copy(),
        actions.copy(),
        rewards.copy(),
        behaviourProbabilities == null ? null : behaviourProbabilities.copy());
  }

  private static void requireCount(long value, long largest, String name) {
    if (value < 0 || value > largest) {
      throw new IllegalArgumentException(
          "A segment's " + name + " must be from 0 to " + largest + ", not " + value + ".");
    }
  }

  private static void requireScalars(Column column, int length, String name) {
    requireThat(
        column.rows() == length && column.rowElements() == 1,
        name,
        column,
        "length rows of one number");
  }

  private static void requireThat(boolean holds, String name, Object value, String allowed) {
    if (!holds) {
      throw new IllegalArgumentException(
          "A segment's " + name + " must be " + allowed + ", not " + value + ".");
    }
  }
}
