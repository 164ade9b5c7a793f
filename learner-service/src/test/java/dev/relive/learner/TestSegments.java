package dev.relive.learner;

import dev.relive.log.Column;
import dev.relive.log.Continuity;
import dev.relive.log.ElementType;
import dev.relive.log.LaneId;
import dev.relive.log.LoggedSegment;
import dev.relive.log.PolicyVersions;
import dev.relive.log.Segment;
import dev.relive.log.SegmentEnd;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.HashMap;
import java.util.Map;

/**
 * Segments whose numbers tell where they are from: observation i of an episode is {@code (1000 ×
 * lane + episode, i)}, its action i mod 2 and its reward i + 1.
 */
final class TestSegments {
  private final Map<Integer, long[]> lanes = new HashMap<>();
  private final String run;
  private long sequence;
  private long actorSteps;

  TestSegments(String run) {
    this.run = run;
  }

  /** The lane's next segment. */
  LoggedSegment next(int lane, int length, SegmentEnd end) {
    long[] place = lanes.computeIfAbsent(lane, l -> new long[2]); // episode, first step
    boolean continues = place[1] > 0;
    Segment segment = segment(lane, place[0], place[1], length, end);
    place[1] += length;
    if (end != SegmentEnd.CONTINUES) {
      place[0]++;
      place[1] = 0;
    }
    long ordinal = segment.sequence();
    return new LoggedSegment(
        segment, 0, ordinal, ordinal, 1000 + ordinal, 100, new Continuity(false, 0, continues));
  }

  private Segment segment(int lane, long episode, long firstStep, int length, SegmentEnd end) {
    ByteBuffer observations = littleEndian((length + 1) * 8);
    ByteBuffer actions = littleEndian(length);
    ByteBuffer rewards = littleEndian(length * 4);
    for (int i = 0; i <= length; i++) {
      observations.putFloat((float) (lane * 1000L + episode)).putFloat((float) (firstStep + i));
      if (i < length) {
        actions.put((byte) ((firstStep + i) % 2));
        rewards.putFloat((float) (firstStep + i + 1));
      }
    }
    actorSteps += length;
    return new Segment(
        new LaneId(run, "actor", 1, lane),
        sequence++,
        episode,
        firstStep,
        length,
        end,
        PolicyVersions.of(1),
        actorSteps,
        0,
        0,
        Column.of(ElementType.FLOAT32, new int[] {2}, length + 1, observations.flip()),
        Column.of(ElementType.UINT8, new int[0], length, actions.flip()),
        Column.of(ElementType.FLOAT32, new int[0], length, rewards.flip()),
        null);
  }

  private static ByteBuffer littleEndian(int bytes) {
    return ByteBuffer.allocate(bytes).order(ByteOrder.LITTLE_ENDIAN);
  }
}
