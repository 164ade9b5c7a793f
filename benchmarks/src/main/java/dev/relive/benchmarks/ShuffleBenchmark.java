package dev.relive.benchmarks;

import dev.relive.agents.TransitionBatch;
import dev.relive.agents.torch.Compute;
import dev.relive.agents.torch.DeviceChoice;
import dev.relive.environments.random.Generator;
import dev.relive.environments.random.RunSeeds;
import dev.relive.learner.ChunkOrder;
import dev.relive.learner.ReplayBuffer;
import dev.relive.log.ChunkIndex;
import dev.relive.log.ChunkedReader;
import dev.relive.log.ExperienceReader;
import dev.relive.log.ExperienceWriter;
import dev.relive.log.LogConnection;
import dev.relive.log.ReadRequest;
import dev.relive.log.ReaderCounters;
import dev.relive.log.RejectedRecords;
import dev.relive.log.SegmentRecord;
import dev.relive.log.WriterSettings;
import java.util.List;
import java.util.function.Consumer;
import reactor.core.publisher.Flux;

/**
 * Learning from ten times as much as the replay holds: batches sampled while the log is read
 * through the replay in random chunks, one batch for every 16 transitions read, beside the same
 * number of batches sampled from a full replay with nothing read at all. Then the reading alone,
 * beside reading the same log in its order.
 */
final class ShuffleBenchmark {
  private static final String STREAM = "shuffled";
  private static final int CAPACITY = 100_000;
  private static final int SEGMENTS = 10 * CAPACITY / SegmentSupply.LENGTH;

  /** As a run's unless it says otherwise: the replay holds 64 chunks. */
  private static final long CHUNK_STEPS = CAPACITY / 64;

  private static final int BATCH = 64;
  private static final int TRAIN_EVERY = 16;
  private static final double DISCOUNT = 0.98;
  private static final int PREFETCH = 32;

  private final LogConnection connection;
  private final ReadRequest request;
  private final ChunkIndex index;
  private final TransitionBatch batch;
  private final ReplayBuffer replay = new ReplayBuffer(CAPACITY, SegmentSupply.OBSERVATION_SIZE);
  private final Generator random = Generator.seeded(0);
  private long pass;

  private ShuffleBenchmark(LogConnection connection, Compute compute) {
    this.connection = connection;
    this.request = ReadRequest.of(connection.topics(), BenchmarkRun.onStream(STREAM)).untilNow();
    this.index = index();
    this.batch = new TransitionBatch(compute, BATCH, SegmentSupply.OBSERVATION_SIZE);
    forEach(shuffled(), this::append);
  }

  static List<Row> measure(Effort effort) throws Exception {
    try (BenchmarkLog log = BenchmarkLog.start();
        Compute compute = Compute.open(DeviceChoice.CPU)) {
      try (ExperienceWriter writer =
          ExperienceWriter.open(log.connection(), log.stream(STREAM), 0, WriterSettings.DEFAULT)) {
        var unused = WriterBenchmark.write(writer, new SegmentSupply(1), SEGMENTS);
      }
      ShuffleBenchmark benchmark = new ShuffleBenchmark(log.connection(), compute);
      List<Series> speeds =
          RoundRobin.measure(
              effort,
              List.of(
                  benchmark::sampleWhileReading,
                  benchmark::sample,
                  () -> benchmark.read(benchmark.shuffled()),
                  () -> benchmark.read(benchmark.inLogOrder())));
      benchmark.batch.close();
      return List.of(
          new Row(
              "sample a log of 10 replays, read in random chunks",
              "batches of " + BATCH + " / s",
              speeds.get(0),
              new Row.Yardstick("the same from a full replay", speeds.get(1), null)),
          new Row(
              "read in random chunks of " + CHUNK_STEPS + " into the replay",
              "transitions/s",
              speeds.get(2),
              new Row.Yardstick("in the order of the log", speeds.get(3), null)));
    }
  }

  private ChunkIndex index() {
    ChunkIndex.Builder builder = new ChunkIndex.Builder();
    forEach(
        inLogOrder(),
        record -> {
          builder.add(record);
          builder.keep(record.ordinal());
        });
    return builder.build(CHUNK_STEPS);
  }

  private Flux<SegmentRecord> inLogOrder() {
    return new ExperienceReader(connection, RejectedRecords.LEFT).records(request);
  }

  private Flux<SegmentRecord> shuffled() {
    long number = pass++;
    return new ChunkedReader(connection, request, index, new ReaderCounters())
        .records(
            1,
            first -> ChunkOrder.permutation(index.chunks(), new RunSeeds(0).chunkOrder(number)),
            0);
  }

  /** As a learner is given them: read ahead on one thread, used on another. */
  private static void forEach(Flux<SegmentRecord> records, Consumer<SegmentRecord> each) {
    records.toStream(PREFETCH).forEach(each);
  }

  private void append(SegmentRecord record) {
    replay.append(record.segment(), record.appendedAtMillis(), 0, record.segment().length());
  }

  private double read(Flux<SegmentRecord> records) {
    long start = System.nanoTime();
    forEach(records, this::append);
    return RoundRobin.perSecond((long) SEGMENTS * SegmentSupply.LENGTH, start);
  }

  private double sampleWhileReading() {
    long start = System.nanoTime();
    forEach(
        shuffled(),
        record -> {
          for (int from = 0; from < record.segment().length(); from += TRAIN_EVERY) {
            replay.append(record.segment(), record.appendedAtMillis(), from, TRAIN_EVERY);
            replay.sample(random, batch, DISCOUNT, 1);
          }
        });
    return RoundRobin.perSecond(batches(), start);
  }

  private double sample() {
    long start = System.nanoTime();
    for (long i = 0; i < batches(); i++) {
      replay.sample(random, batch, DISCOUNT, 1);
    }
    return RoundRobin.perSecond(batches(), start);
  }

  private static long batches() {
    return (long) SEGMENTS * SegmentSupply.LENGTH / TRAIN_EVERY;
  }
}
