package dev.relive.learner;

import dev.relive.log.Column;
import dev.relive.log.ElementType;
import dev.relive.log.LaneId;
import dev.relive.log.PolicyVersions;
import dev.relive.log.Segment;
import dev.relive.log.SegmentEnd;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.HashMap;
import java.util.Map;

/**
 * Segments of one actor epoch whose numbers tell where they are from: observation i of an episode
 * is {@code (1000 × lane + episode, i)}, its action i mod 2, its reward i + 1 and the probability
 * of its action 1/2.
 */
final class TestSegments {
  private final Map<Integer, long[]> lanes = new HashMap<>();
  private final String run;
  private final String actor;
  private final long epoch;
  private long sequence;
  private long actorSteps;

  TestSegments(String run) {
    this(run, "actor", 1);
  }

  TestSegments(String run, String actor, long epoch) {
    this.run = run;
    this.actor = actor;
    this.epoch = epoch;
  }

  /** The lane's next segment, by policy 1. */
  Segment next(int lane, int length, SegmentEnd end) {
    return next(lane, length, end, PolicyVersions.of(1));
  }

  /** The lane's next segment. */
  Segment next(int lane, int length, SegmentEnd end, PolicyVersions versions) {
    long[] place = lanes.computeIfAbsent(lane, l -> new long[2]); // episode, first step
    Segment segment = segment(lane, place[0], place[1], length, end, versions);
    place[1] += length;
    if (end != SegmentEnd.CONTINUES) {
      place[0]++;
      place[1] = 0;
    }
    return segment;
  }

  private Segment segment(
      int lane, long episode, long firstStep, int length, SegmentEnd end, PolicyVersions versions) {
    ByteBuffer observations = littleEndian((length + 1) * 8);
    ByteBuffer actions = littleEndian(length);
    ByteBuffer rewards = littleEndian(length * 4);
    ByteBuffer probabilities = littleEndian(length * 4);
    for (int i = 0; i <= length; i++) {
      observations.putFloat((float) (lane * 1000L + episode)).putFloat((float) (firstStep + i));
      if (i < length) {
        actions.put((byte) ((firstStep + i) % 2));
        rewards.putFloat((float) (firstStep + i + 1));
        probabilities.putFloat(0.5f);
      }
    }
    actorSteps += length;
    return new Segment(
        new LaneId(run, actor, epoch, lane),
        sequence++,
        episode,
        firstStep,
        length,
        end,
        length == 0 ? PolicyVersions.NONE : versions,
        actorSteps,
        0,
        0,
        Column.of(ElementType.FLOAT32, new int[] {2}, length + 1, observations.flip()),
        Column.of(ElementType.UINT8, new int[0], length, actions.flip()),
        Column.of(ElementType.FLOAT32, new int[0], length, rewards.flip()),
        Column.of(ElementType.FLOAT32, new int[0], length, probabilities.flip()));
  }

  private static ByteBuffer littleEndian(int bytes) {
    return ByteBuffer.allocate(bytes).order(ByteOrder.LITTLE_ENDIAN);
  }
}
