package dev.relive.log;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.concurrent.ExecutionException;
import java.util.function.LongFunction;
import java.util.stream.IntStream;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.RecordsToDelete;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.TopicPartition;
import org.junit.jupiter.api.Test;
import reactor.test.StepVerifier;

class ChunkedReaderTest {
  private static final Duration SOON = Duration.ofSeconds(30);
  private static final int RECORDS = 900;
  private static final int CHUNK_STEPS = 50;
  private static final long PASSES = 3;

  private final LogConnection connection =
      TestLog.connection(topics -> List.of(topics.experience("s")));
  private final Topic topic = connection.topics().experience("s");
  private final ReadRequest request =
      ReadRequest.of(topic, 0, new StartAt.Offset(0)).ofRun("run").untilNow();
  private final ReaderCounters counters = new ReaderCounters();

  /** Segments that are to be read, in the order of the log. */
  private final List<Segment> kept = new ArrayList<>();

  private final ChunkIndex index;

  /** A run's segments among duplicates, another run's, and what is nobody's. */
  ChunkedReaderTest() {
    Random random = new Random(5);
    List<ProducerRecord<byte[], byte[]>> records = new ArrayList<>();
    long sequence = 0;
    for (int i = 0; i < RECORDS; i++) {
      int what = random.nextInt(6);
      if (what == 0) {
        records.add(record(segment("another", i)));
      } else if (what == 1) {
        records.add(TestLog.record(topic, "run/actor", "nonsense".getBytes(UTF_8)));
      } else if (what == 2 && sequence > 0) {
        records.add(record(segment("run", random.nextInt((int) sequence))));
      } else {
        kept.add(segment("run", sequence));
        records.add(record(segment("run", sequence++)));
      }
    }
    var unused = TestLog.write(connection, records);
    index = index();
  }

  private ChunkIndex index() {
    ChunkIndex.Builder builder = new ChunkIndex.Builder();
    Sequencing sequencing = new Sequencing(new SequenceTracker(true), counters);
    new ExperienceReader(connection, RejectedRecords.LEFT)
        .records(request)
        .doOnNext(
            record -> {
              builder.add(record);
              if (sequencing.apply(record) != null) {
                builder.keep(record.ordinal());
              }
            })
        .blockLast(SOON);
    return builder.build(CHUNK_STEPS);
  }

  @Test
  void readsEverySegmentOfEveryPassInTheOrderOfTheChunks() {
    List<List<Segment>> chunks = plainChunks();
    assertTrue(chunks.size() > 40, "chunks: " + chunks.size());
    assertEquals(chunks.size(), index.chunks());
    List<Segment> expected = new ArrayList<>();
    for (long pass = 0; pass < PASSES; pass++) {
      for (int chunk : order(pass)) {
        expected.addAll(chunks.get(chunk));
      }
    }

    List<SegmentRecord> read = read(0);

    assertEquals(expected, read.stream().map(SegmentRecord::segment).toList());
    for (int i = 0; i < read.size(); i++) {
      assertEquals(i, read.get(i).ordinal());
    }
  }

  @Test
  void goesOnAnywhere() {
    List<SegmentRecord> all = read(0);
    for (int first : new int[] {1, 7, kept.size() - 1, kept.size(), 2 * kept.size() + 13}) {
      assertEquals(all.subList(first, all.size()), read(first));
    }
    assertEquals(List.of(), read(all.size()));
  }

  @Test
  void readsNoMoreThanWasAskedFor() {
    ReaderCounters own = new ReaderCounters();
    StepVerifier.create(
            new ChunkedReader(connection, request, index, own).records(1, this::order, 0), 0)
        .thenRequest(30)
        .expectNextCount(30)
        .expectNoEvent(Duration.ofMillis(50))
        .then(() -> assertEquals(30, own.segments()))
        .thenRequest(1)
        .expectNextCount(1)
        .thenCancel()
        .verify(SOON);
  }

  @Test
  void whatIsGoneIsAnError() throws ExecutionException, InterruptedException {
    try (Admin admin = Admin.create(Map.of("bootstrap.servers", connection.bootstrapServers()))) {
      var unused =
          admin
              .deleteRecords(
                  Map.of(
                      new TopicPartition(topic.name(), 0),
                      RecordsToDelete.beforeOffset(index.endOffset(0))))
              .all()
              .get();
    }
    LogException gone = assertThrows(LogException.class, () -> read(0));
    assertTrue(
        String.valueOf(gone.getMessage()).contains("the log holds nothing there any more"),
        gone::toString);
  }

  @Test
  void aRangeOfNothingIsReadAtOnce() {
    ChunkIndex empty = new ChunkIndex.Builder().build(CHUNK_STEPS);
    StepVerifier.create(
            new ChunkedReader(connection, request, empty, counters)
                .records(PASSES, pass -> new int[0], 0))
        .expectComplete()
        .verify(SOON);
  }

  private List<SegmentRecord> read(long first) {
    LongFunction<int[]> order = this::order;
    List<SegmentRecord> read =
        new ChunkedReader(connection, request, index, counters)
            .records(PASSES, order, first)
            .collectList()
            .block(SOON);
    return read == null ? List.of() : read;
  }

  private int[] order(long pass) {
    List<Integer> order = new ArrayList<>(IntStream.range(0, index.chunks()).boxed().toList());
    Collections.shuffle(order, new Random(pass));
    return order.stream().mapToInt(Integer::intValue).toArray();
  }

  private List<List<Segment>> plainChunks() {
    List<List<Segment>> chunks = new ArrayList<>();
    int steps = CHUNK_STEPS;
    for (Segment segment : kept) {
      if (steps >= CHUNK_STEPS) {
        chunks.add(new ArrayList<>());
        steps = 0;
      }
      chunks.get(chunks.size() - 1).add(segment);
      steps += segment.length();
    }
    return chunks;
  }

  private static Segment segment(String run, long sequence) {
    return TestSegments.of(run, "actor", TestSegments.EPOCH, sequence, (int) (1 + sequence % 19));
  }

  private ProducerRecord<byte[], byte[]> record(Segment segment) {
    return TestLog.record(
        topic, segment.lane().run() + "/" + segment.lane().actor(), SegmentCodec.encode(segment));
  }
}
