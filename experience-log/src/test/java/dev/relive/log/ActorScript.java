package dev.relive.log;

import dev.relive.log.wire.EnvironmentSpec;
import java.util.Arrays;

/**
 * Writes an actor epoch's segments as a producer does, for {@link TestSegments#environment}: every
 * observation tells lane, episode and step. What a test changes is the fault that it plants.
 */
final class ActorScript {
  final String run;
  final String actor;
  final long epoch;
  long sequence;
  long steps;
  long version = 1;
  float observationShift;

  ActorScript(String run, String actor, long epoch) {
    this.run = run;
    this.actor = actor;
    this.epoch = epoch;
  }

  /** The environment of the segments. */
  static EnvironmentSpec environment() {
    return TestSegments.environment();
  }

  Segment next(int lane, long episode, long firstStep, int length, SegmentEnd end) {
    steps += length;
    return new Segment(
        new LaneId(run, actor, epoch, lane),
        sequence++,
        episode,
        firstStep,
        length,
        end,
        length == 0 ? PolicyVersions.NONE : PolicyVersions.of(version),
        steps,
        1_000_000,
        2_000_000,
        observations(lane, episode, firstStep, length + 1),
        Columns.integers(ElementType.UINT8, Columns.scalar(), length, new long[length]),
        Columns.float32(Columns.scalar(), length, ones(length)),
        null);
  }

  private Column observations(int lane, long episode, long firstStep, int rows) {
    double[] values = new double[4 * rows];
    for (int row = 0; row < rows; row++) {
      values[4 * row] = lane;
      values[4 * row + 1] = episode;
      values[4 * row + 2] = firstStep + row;
      values[4 * row + 3] = observationShift;
    }
    return Columns.float32(Columns.shape(4), rows, values);
  }

  private static double[] ones(int length) {
    double[] ones = new double[length];
    Arrays.fill(ones, 1);
    return ones;
  }
}
