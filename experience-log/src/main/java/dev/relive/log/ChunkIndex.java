package dev.relive.log;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.BitSet;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Where the segments of a range stand that are to be read in another order than the log's: in
 * chunks of segments that stand one after another, each to be read at once. Takes 28 bytes a chunk
 * and a bit a segment.
 */
public final class ChunkIndex {
  private final long[] firstOffsets;
  private final long[] endOffsets;
  private final long[] firstOrdinals;
  private final int[] sizes;
  private final BitSet kept;
  private final long segments;
  private final long steps;
  private final int largestChunkBytes;

  private ChunkIndex(List<Chunk> chunks, BitSet kept) {
    this.firstOffsets = chunks.stream().mapToLong(chunk -> chunk.firstOffset).toArray();
    this.endOffsets = chunks.stream().mapToLong(chunk -> chunk.endOffset).toArray();
    this.firstOrdinals = chunks.stream().mapToLong(chunk -> chunk.firstOrdinal).toArray();
    this.sizes = chunks.stream().mapToInt(chunk -> chunk.size).toArray();
    this.kept = kept;
    this.segments = Arrays.stream(sizes).asLongStream().sum();
    this.steps = chunks.stream().mapToLong(chunk -> chunk.steps).sum();
    this.largestChunkBytes =
        (int) chunks.stream().mapToLong(chunk -> chunk.bytes).reduce(0, Math::max);
  }

  /** Chunks, in the order of the log. */
  public int chunks() {
    return sizes.length;
  }

  /** Segments that are to be read, of all chunks. */
  public long segments() {
    return segments;
  }

  /** Their transitions. */
  public long steps() {
    return steps;
  }

  /** Segments of a chunk that are to be read, at least one. */
  public int segments(int chunk) {
    return sizes[chunk];
  }

  /** The offset of a chunk's first segment that is to be read. */
  long firstOffset(int chunk) {
    return firstOffsets[chunk];
  }

  /** The offset after its last. */
  long endOffset(int chunk) {
    return endOffsets[chunk];
  }

  /** How many well-formed segments of the run the range holds before the chunk's first. */
  long firstOrdinal(int chunk) {
    return firstOrdinals[chunk];
  }

  /** Whether a well-formed segment of the run is to be read. */
  boolean isKept(long ordinal) {
    return kept.get((int) ordinal);
  }

  /** Bytes of the segments of the largest chunk. */
  int largestChunkBytes() {
    return largestChunkBytes;
  }

  private static final class Chunk {
    private final long firstOffset;
    private final long firstOrdinal;
    private long endOffset;
    private int size;
    private long steps;
    private long bytes;

    Chunk(long firstOffset, long firstOrdinal) {
      this.firstOffset = firstOffset;
      this.firstOrdinal = firstOrdinal;
    }
  }

  /** Makes an index of segments that come in the order of the log. Takes 16 bytes a segment. */
  public static final class Builder {
    private static final int FIRST_CAPACITY = 1024;

    private final BitSet kept = new BitSet();
    private long[] offsets = new long[FIRST_CAPACITY];
    private int[] lengths = new int[FIRST_CAPACITY];
    private int[] bytes = new int[FIRST_CAPACITY];
    private int count;

    /** Takes the next well-formed segment of the run, whether it is to be read or not. */
    public void add(SegmentRecord record) {
      if (record.ordinal() != count) {
        throw new IllegalArgumentException(
            "Segment %d follows segment %d of a range.".formatted(record.ordinal(), count - 1));
      }
      if (count == offsets.length) {
        int capacity = Math.addExact(count, count / 2);
        offsets = Arrays.copyOf(offsets, capacity);
        lengths = Arrays.copyOf(lengths, capacity);
        bytes = Arrays.copyOf(bytes, capacity);
      }
      offsets[count] = record.offset();
      lengths[count] = record.segment().length();
      bytes[count] = record.bytes();
      count++;
    }

    /** One of the segments taken is to be read; one without transitions never is. */
    public void keep(long ordinal) {
      int index = (int) ordinal;
      kept.set(index, lengths[index] > 0);
    }

    /**
     * The index.
     *
     * @param chunkSteps a chunk ends with the segment with which it has so many transitions to read
     */
    public ChunkIndex build(long chunkSteps) {
      List<Chunk> chunks = new ArrayList<>();
      @Nullable Chunk open = null;
      for (int ordinal = kept.nextSetBit(0); ordinal >= 0; ordinal = kept.nextSetBit(ordinal + 1)) {
        if (open == null) {
          open = new Chunk(offsets[ordinal], ordinal);
          chunks.add(open);
        }
        open.endOffset = offsets[ordinal] + 1;
        open.size++;
        open.steps += lengths[ordinal];
        open.bytes += bytes[ordinal];
        if (open.steps >= chunkSteps) {
          open = null;
        }
      }
      return new ChunkIndex(chunks, kept);
    }
  }
}
