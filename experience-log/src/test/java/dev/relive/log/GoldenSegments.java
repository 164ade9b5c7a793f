package dev.relive.log;

import java.util.LinkedHashMap;
import java.util.Map;

/** Segments of every end, of several element types and shapes, by the names of their files. */
final class GoldenSegments {
  private static final String RUN = "cartpole-v1-2026-07f3";
  private static final long MICROS = 1_790_000_000_000_000L;

  private GoldenSegments() {}

  static Map<String, Segment> all() {
    Map<String, Segment> segments = new LinkedHashMap<>();
    segments.put("segment-continues", continues());
    segments.put("segment-terminated-continuous-actions", terminated());
    segments.put("segment-truncated-pixels", truncated());
    segments.put("segment-abandoned-bits", abandoned());
    segments.put("segment-abandoned-without-steps", withoutSteps());
    return segments;
  }

  /** CartPole: four floats, one of two actions, chosen by two versions of an ε-greedy policy. */
  private static Segment continues() {
    return new Segment(
        new LaneId(RUN, "actor-0", 0xfedc_ba98_7654_3210L, 3),
        399,
        21,
        128,
        3,
        SegmentEnd.CONTINUES,
        PolicyVersions.of(new int[] {0, 2}, new long[] {16, 17}),
        42_000,
        MICROS,
        MICROS + 60_000,
        Columns.float32(
            Columns.shape(4),
            4,
            new double[] {
              0.01, -0.02, 0.03, -0.04, 0.11, -0.12, 0.13, -0.14, 0.21, -0.22, 0.23, -0.24, 0.31,
              -0.32, 0.33, -0.34
            }),
        Columns.integers(ElementType.UINT8, Columns.scalar(), 3, 0, 1, 1),
        Columns.float32(Columns.scalar(), 3, 1, 1, 1),
        Columns.float32(Columns.scalar(), 3, 0.975, 0.025, 1));
  }

  /** Numbers of double precision and two continuous actions, by a deterministic policy. */
  private static Segment terminated() {
    return new Segment(
        new LaneId(RUN, "actor-1", 1, 0),
        0,
        0,
        0,
        2,
        SegmentEnd.TERMINATED,
        PolicyVersions.of(1),
        2,
        MICROS,
        MICROS + 40_000,
        Columns.float64(Columns.shape(2), 3, Math.PI, -Math.E, 1e300, -1e-300, 0, -0.0),
        Columns.float32(Columns.shape(2), 2, -1, 1, 0.5, -0.5),
        Columns.float64(Columns.scalar(), 2, -0.1, -100),
        null);
  }

  /** Pictures of 2 × 2 pixels and 3 colours. */
  private static Segment truncated() {
    long[] pixels = new long[3 * 2 * 2 * 3];
    for (int i = 0; i < pixels.length; i++) {
      pixels[i] = 7L * i;
    }
    return new Segment(
        new LaneId(RUN, "actor-1", 1, 1),
        1,
        0,
        498,
        2,
        SegmentEnd.TRUNCATED,
        PolicyVersions.of(0),
        502,
        MICROS,
        MICROS + 40_000,
        Columns.integers(ElementType.UINT8, Columns.shape(2, 2, 3), 3, pixels),
        Columns.integers(ElementType.INT32, Columns.scalar(), 2, -1, 5),
        Columns.integers(ElementType.INT16, Columns.shape(1), 2, -300, 300),
        Columns.float32(Columns.scalar(), 2, 0.25, 0.125));
  }

  /** A grid of 3 × 3 bits in rows of two bytes, two binary actions, and rewards of one byte. */
  private static Segment abandoned() {
    return new Segment(
        new LaneId(RUN, "actor-2", -1, 2),
        5,
        1,
        10,
        2,
        SegmentEnd.ABANDONED,
        PolicyVersions.of(Long.MAX_VALUE),
        30,
        MICROS,
        MICROS + 40_000,
        Columns.integers(ElementType.BIT, Columns.shape(3, 3), 3, 0xa5, 1, 0x5a, 0, 0xff, 1),
        Columns.integers(ElementType.BIT, Columns.shape(2), 2, 0b01, 0b10),
        Columns.integers(ElementType.INT8, Columns.scalar(), 2, -128, 127),
        null);
  }

  /** The end of an episode whose transitions are all in earlier segments. */
  private static Segment withoutSteps() {
    return new Segment(
        new LaneId(RUN, "actor-0", 0xfedc_ba98_7654_3210L, 3),
        400,
        21,
        131,
        0,
        SegmentEnd.ABANDONED,
        PolicyVersions.NONE,
        42_000,
        MICROS + 60_000,
        MICROS + 60_000,
        Columns.float32(Columns.shape(4), 1, 0.31, -0.32, 0.33, -0.34),
        Columns.integers(ElementType.INT64, Columns.scalar(), 0),
        Columns.float32(Columns.scalar(), 0),
        Columns.float32(Columns.scalar(), 0));
  }
}
