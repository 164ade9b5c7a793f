package dev.relive.log;

import java.nio.ByteBuffer;
import java.util.List;
import java.util.function.LongFunction;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.common.TopicPartition;
import org.jspecify.annotations.Nullable;

/** Seeks from chunk to chunk and gives the segments of each that are to be read. */
final class ChunksTask implements PollTask<SegmentRecord> {
  private final ChunkIndex index;
  private final long passes;
  private final LongFunction<int[]> order;
  private final ReaderCounters counters;
  private final SegmentSelection selection;
  private final TopicPartition partition;

  private long pass;
  private int[] chunks = {};
  private int place;

  /** The chunk's next well-formed segment, counted in the range. */
  private long nextInRange;

  /** The next segment, counted over all passes; those before {@code firstOrdinal} are not given. */
  private long next;

  private final long firstOrdinal;
  private long chunkEnd;

  ChunksTask(
      ReadRequest request,
      ChunkIndex index,
      long passes,
      LongFunction<int[]> order,
      long firstOrdinal,
      ReaderCounters counters) {
    this.index = index;
    this.passes = index.segments() == 0 ? 0 : passes;
    this.order = order;
    this.firstOrdinal = firstOrdinal;
    this.counters = counters;
    this.selection = new SegmentSelection(request);
    this.partition =
        new TopicPartition(request.topic().name(), request.slices().get(0).partition());
  }

  @Override
  public void start(KafkaConsumer<ByteBuffer, ByteBuffer> consumer) {
    consumer.assign(List.of(partition));
    pass = index.segments() == 0 ? 0 : firstOrdinal / index.segments();
    next = pass * index.segments();
    if (finished()) {
      return;
    }
    chunks = order.apply(pass);
    while (next + index.segments(chunks[place]) <= firstOrdinal) {
      next += index.segments(chunks[place]);
      place++;
    }
    seek(consumer);
  }

  private void seek(KafkaConsumer<ByteBuffer, ByteBuffer> consumer) {
    int chunk = chunks[place];
    nextInRange = index.firstOrdinal(chunk);
    chunkEnd = next + index.segments(chunk);
    consumer.seek(partition, index.firstOffset(chunk));
  }

  @Override
  public @Nullable SegmentRecord record(ConsumerRecord<ByteBuffer, ByteBuffer> record) {
    if (next == chunkEnd) {
      return null; // what was fetched beyond the chunk
    }
    Segment segment;
    try {
      segment = selection.segment(record);
    } catch (RejectedRecordException e) {
      return null; // counted when the index was made
    }
    if (segment == null || !index.isKept(nextInRange++)) {
      return null;
    }
    long ordinal = next++;
    if (ordinal < firstOrdinal) {
      return null;
    }
    counters.read(segment, record.serializedValueSize());
    return new SegmentRecord(
        segment,
        record.partition(),
        record.offset(),
        ordinal,
        record.timestamp(),
        record.serializedValueSize());
  }

  /**
   * When all that was fetched has been looked at: goes on to the next chunk, if one is finished.
   */
  @Override
  public @Nullable SegmentRecord polled(KafkaConsumer<ByteBuffer, ByteBuffer> consumer) {
    counters.polled(passes * index.segments() - next);
    if (finished()) {
      return null;
    }
    if (next == chunkEnd) {
      advance();
      if (!finished()) {
        seek(consumer);
      }
    } else if (consumer.position(partition) >= index.endOffset(chunks[place])) {
      throw new LogException(
          "Topic %s no longer holds what it held between offset %d and offset %d when reading began."
              .formatted(
                  partition.topic(),
                  index.firstOffset(chunks[place]),
                  index.endOffset(chunks[place])));
    }
    return null;
  }

  private void advance() {
    place++;
    if (place == chunks.length) {
      place = 0;
      pass++;
      chunks = pass < passes ? order.apply(pass) : new int[0];
    }
  }

  @Override
  public boolean finished() {
    return pass >= passes;
  }
}
