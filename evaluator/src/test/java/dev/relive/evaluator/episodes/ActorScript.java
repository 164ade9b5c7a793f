package dev.relive.evaluator.episodes;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.relive.log.Column;
import dev.relive.log.ElementType;
import dev.relive.log.LaneId;
import dev.relive.log.PolicyVersions;
import dev.relive.log.Segment;
import dev.relive.log.SegmentEnd;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;

/** Numbers the segments of an actor epoch as a producer does; a step takes a millisecond. */
final class ActorScript {
  static final long STARTED_AT_MICROS = 1_000_000;
  static final long STEP_MICROS = 1_000;

  final String run;
  final String actor;
  final long epoch;
  long sequence;
  private long steps;

  ActorScript(String run, String actor, long epoch) {
    this.run = run;
    this.actor = actor;
    this.epoch = epoch;
  }

  /** The key of its records. */
  byte[] key() {
    return (run + "/" + actor).getBytes(UTF_8);
  }

  /** The next segment, chosen by one version. */
  Segment next(
      int lane, long episode, long firstStep, SegmentEnd end, long version, float... rewards) {
    return next(
        lane,
        episode,
        firstStep,
        end,
        rewards.length == 0 ? PolicyVersions.NONE : PolicyVersions.of(version),
        rewards);
  }

  Segment next(
      int lane,
      long episode,
      long firstStep,
      SegmentEnd end,
      PolicyVersions versions,
      float... rewards) {
    int length = rewards.length;
    steps += length;
    ByteBuffer data = ByteBuffer.allocate(Float.BYTES * length).order(ByteOrder.LITTLE_ENDIAN);
    for (float reward : rewards) {
      data.putFloat(reward);
    }
    return new Segment(
        new LaneId(run, actor, epoch, lane),
        sequence++,
        episode,
        firstStep,
        length,
        end,
        versions,
        steps,
        STARTED_AT_MICROS + firstStep * STEP_MICROS,
        STARTED_AT_MICROS + (firstStep + length) * STEP_MICROS,
        bytes(length + 1),
        bytes(length),
        Column.of(ElementType.FLOAT32, new int[0], length, data.flip()),
        null);
  }

  private static Column bytes(int rows) {
    return Column.of(ElementType.UINT8, new int[0], rows, ByteBuffer.allocate(rows));
  }
}
