package dev.relive.log;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import org.junit.jupiter.api.Test;

class ChunkIndexTest {
  private final ChunkIndex.Builder builder = new ChunkIndex.Builder();
  private long ordinal;

  @Test
  void aChunkEndsWithTheSegmentThatFillsIt() {
    add(100, 4, true);
    add(101, 5, true); // 9 of 8
    add(103, 8, true); // fills one alone; 102 is another run's
    add(104, 3, true); // what is left

    ChunkIndex index = builder.build(8);

    assertEquals(3, index.chunks());
    assertEquals(4, index.segments());
    assertEquals(20, index.steps());
    assertEquals(2, index.segments(0));
    assertEquals(100, index.firstOffset(0));
    assertEquals(102, index.endOffset(0));
    assertEquals(103, index.firstOffset(1));
    assertEquals(2, index.firstOrdinal(1));
    assertEquals(105, index.endOffset(2));
    assertEquals(20, index.largestChunkBytes());
  }

  @Test
  void whatIsNotToBeReadIsInNoChunk() {
    add(7, 3, false);
    add(8, 3, true);
    add(9, 0, true); // nothing to learn from
    add(10, 3, false);
    add(11, 3, true);
    add(12, 3, false);

    ChunkIndex index = builder.build(6);

    assertEquals(1, index.chunks());
    assertEquals(8, index.firstOffset(0));
    assertEquals(1, index.firstOrdinal(0));
    assertEquals(12, index.endOffset(0));
    assertEquals(2, index.segments(0));
    assertTrue(index.isKept(1));
    assertFalse(index.isKept(2));
    assertFalse(index.isKept(3));
    assertTrue(index.isKept(4));
  }

  @Test
  void aRangeOfNothingHasNoChunks() {
    ChunkIndex index = builder.build(6);

    assertEquals(0, index.chunks());
    assertEquals(0, index.segments());
    assertEquals(0, index.largestChunkBytes());
  }

  @Test
  void segmentsMustComeInTheirOrder() {
    add(7, 3, true);
    ordinal = 2;

    assertThrows(IllegalArgumentException.class, () -> add(8, 3, true));
  }

  @Test
  void growsWithTheRange() {
    for (int i = 0; i < 5000; i++) {
      add(3L * i, 1 + i % 7, i % 3 != 0);
    }

    ChunkIndex index = builder.build(100);

    long segments = 0;
    for (int chunk = 0; chunk < index.chunks(); chunk++) {
      segments += index.segments(chunk);
      assertEquals(3 * index.firstOrdinal(chunk), index.firstOffset(chunk));
    }
    assertEquals(3333, segments);
    assertEquals(segments, index.segments());
  }

  private void add(long offset, int length, boolean kept) {
    Segment segment =
        length == 0
            ? SegmentExamples.noSteps()
            : TestSegments.of("run", "actor", TestSegments.EPOCH, ordinal, length);
    builder.add(new SegmentRecord(segment, 0, offset, ordinal, 0, 1 + 2 * length));
    if (kept) {
      builder.keep(ordinal);
    }
    ordinal++;
  }
}
