package dev.relive.log;

import dev.relive.log.wire.EnvironmentSpec;
import dev.relive.log.wire.Space;
import dev.relive.log.wire.SpaceKind;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.List;
import java.util.stream.LongStream;

/** Segments as CartPole's lanes make them, their contents telling which they are. */
final class TestSegments {
  static final long EPOCH = 0xfeedL;

  private TestSegments() {}

  /** A segment of 8 transitions in the middle of the lane's one endless episode. */
  static Segment of(String run, String actor, long sequence) {
    return of(run, actor, EPOCH, sequence, 8);
  }

  static Segment of(String run, String actor, long epoch, long sequence, int length) {
    return new Segment(
        new LaneId(run, actor, epoch, 0),
        sequence,
        0,
        sequence * length,
        length,
        SegmentEnd.CONTINUES,
        PolicyVersions.of(1),
        (sequence + 1) * length,
        1_000_000,
        2_000_000,
        floats(length + 1, 4, (float) sequence),
        Column.of(ElementType.UINT8, new int[0], length, ByteBuffer.allocate(length)),
        floats(length, 1, 1),
        floats(length, 1, 0.5f));
  }

  static List<Segment> of(String run, String actor, long from, long to) {
    return LongStream.range(from, to).mapToObj(sequence -> of(run, actor, sequence)).toList();
  }

  /** The environment that they are of. */
  static EnvironmentSpec environment() {
    return EnvironmentSpec.newBuilder()
        .setId("CartPole-v1")
        .setObservations(Space.newBuilder().setKind(SpaceKind.BOX).addShape(4))
        .setActions(Space.newBuilder().setKind(SpaceKind.DISCRETE).addCounts(2))
        .build();
  }

  private static Column floats(int rows, int elements, float base) {
    ByteBuffer data = ByteBuffer.allocate(rows * elements * 4).order(ByteOrder.LITTLE_ENDIAN);
    for (int i = 0; i < rows * elements; i++) {
      data.putFloat(base + i / 1024f);
    }
    int[] shape = elements == 1 ? new int[0] : new int[] {elements};
    return Column.of(ElementType.FLOAT32, shape, rows, data.flip());
  }
}
