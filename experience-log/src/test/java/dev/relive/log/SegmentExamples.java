package dev.relive.log;

/** Small valid segments with plain numbers. */
final class SegmentExamples {
  private SegmentExamples() {}

  /** Three steps of a two-number observation, chosen by two policy versions. */
  static Segment threeSteps() {
    return new Segment(
        new LaneId("cart-1", "actor-0", 0x8000_0000_0000_002aL, 3),
        7,
        2,
        128,
        3,
        SegmentEnd.TERMINATED,
        PolicyVersions.of(new int[] {0, 2}, new long[] {40, 41}),
        900,
        1_790_000_000_000_000L,
        1_790_000_000_250_000L,
        Columns.float32(Columns.shape(2), 4, 0.5, -1, 1.5, -2, 2.5, -3, 3.5, -4),
        Columns.integers(ElementType.UINT8, Columns.scalar(), 3, 0, 1, 255),
        Columns.float32(Columns.scalar(), 3, 1, 1, -0.25),
        Columns.float32(Columns.scalar(), 3, 0.5, 0.25, 1));
  }

  /** An episode's end where no transition was pending. */
  static Segment noSteps() {
    return new Segment(
        new LaneId("cart-1", "actor-0", 42, 0),
        8,
        2,
        131,
        0,
        SegmentEnd.ABANDONED,
        PolicyVersions.NONE,
        900,
        1_790_000_000_250_000L,
        1_790_000_000_250_000L,
        Columns.float32(Columns.shape(2), 1, 3.5, -4),
        Columns.integers(ElementType.UINT8, Columns.scalar(), 0),
        Columns.float32(Columns.scalar(), 0),
        null);
  }

  /** A segment of which only the place in its lane matters. */
  static Segment at(
      LaneId lane, long sequence, long episode, long firstStep, int length, SegmentEnd end) {
    return new Segment(
        lane,
        sequence,
        episode,
        firstStep,
        length,
        end,
        length == 0 ? PolicyVersions.NONE : PolicyVersions.of(1),
        length + 10 * Math.min(sequence, 1L << 40),
        0,
        0,
        Columns.integers(ElementType.UINT8, Columns.scalar(), length + 1, new long[length + 1]),
        Columns.integers(ElementType.UINT8, Columns.scalar(), length, new long[length]),
        Columns.float32(Columns.scalar(), length, new double[length]),
        null);
  }
}
