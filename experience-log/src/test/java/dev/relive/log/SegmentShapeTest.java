package dev.relive.log;

import static org.junit.jupiter.api.Assertions.assertDoesNotThrow;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import dev.relive.log.wire.EnvironmentSpec;
import dev.relive.log.wire.Space;
import dev.relive.log.wire.SpaceKind;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.List;
import org.junit.jupiter.api.Test;

class SegmentShapeTest {
  private static final SegmentShape CART_POLE = shape(4, 0, 2);

  @Test
  void takesWhatFits() {
    assertDoesNotThrow(() -> CART_POLE.check(segment(1, 0.5f)));
  }

  @Test
  void refusesAnotherObservationShape() {
    assertRefused(shape(3, 0, 2), segment(1, 0.5f));
  }

  @Test
  void refusesAnActionThatDoesNotExist() {
    assertRefused(CART_POLE, segment(2, 0.5f));
    assertRefused(shape(4, 1, 2), segment(0, 0.5f));
  }

  @Test
  void refusesWhatIsNoFiniteNumber() {
    for (float number : List.of(Float.NaN, Float.NEGATIVE_INFINITY, Float.POSITIVE_INFINITY)) {
      assertRefused(CART_POLE, segment(1, number));
    }
  }

  /** The last of the four numbers is one of ten categories, from -1 on. */
  @Test
  void refusesACategoryThatDoesNotExist() {
    SegmentShape shape =
        SegmentShape.of(
            EnvironmentSpec.newBuilder()
                .setObservations(
                    Space.newBuilder()
                        .setKind(SpaceKind.BOX)
                        .addShape(4)
                        .addAllCounts(List.of(0L, 0L, 0L, 10L))
                        .addAllLow(List.of(-9.0, -9.0, -9.0, -1.0)))
                .setActions(Space.newBuilder().setKind(SpaceKind.DISCRETE).addCounts(2))
                .build());
    assertDoesNotThrow(() -> shape.check(segment(1, 8)));
    assertDoesNotThrow(() -> shape.check(segment(1, -1)));
    for (float number : List.of(9f, -2f, 6.5f, Float.NaN)) {
      assertRefused(shape, segment(1, number));
    }
  }

  private static void assertRefused(SegmentShape shape, Segment segment) {
    assertEquals(
        RejectionReason.INVALID,
        assertThrows(RejectedRecordException.class, () -> shape.check(segment)).reason());
  }

  private static SegmentShape shape(int observationSize, int firstAction, int actions) {
    return SegmentShape.of(
        EnvironmentSpec.newBuilder()
            .setObservations(Space.newBuilder().setKind(SpaceKind.BOX).addShape(observationSize))
            .setActions(
                Space.newBuilder()
                    .setKind(SpaceKind.DISCRETE)
                    .addCounts(actions)
                    .setStart(firstAction))
            .build());
  }

  /** One transition whose last observation ends in a number. */
  private static Segment segment(int action, float number) {
    ByteBuffer observations = ByteBuffer.allocate(32).order(ByteOrder.LITTLE_ENDIAN);
    observations.putFloat(28, number);
    return new Segment(
        new LaneId("run", "actor", 1, 0),
        0,
        0,
        0,
        1,
        SegmentEnd.TRUNCATED,
        PolicyVersions.of(1),
        1,
        0,
        0,
        Column.of(ElementType.FLOAT32, new int[] {4}, 2, observations),
        Column.of(ElementType.UINT8, new int[0], 1, ByteBuffer.wrap(new byte[] {(byte) action})),
        Column.of(ElementType.FLOAT32, new int[0], 1, ByteBuffer.allocate(4)),
        null);
  }
}
