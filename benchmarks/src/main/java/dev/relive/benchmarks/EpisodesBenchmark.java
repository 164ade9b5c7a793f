package dev.relive.benchmarks;

import dev.relive.evaluator.episodes.EpisodeStream;
import dev.relive.log.ExperienceWriter;
import dev.relive.log.LogConnection;
import dev.relive.log.LogException;
import dev.relive.log.Segment;
import dev.relive.log.SegmentEnd;
import dev.relive.log.Topic;
import dev.relive.log.WriterSettings;
import dev.relive.service.Metrics;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.locks.LockSupport;
import reactor.core.publisher.Flux;

/**
 * Segments joined to episodes, exactly once: from the first that the topology reads to the commit
 * of the last. Beside it a loop around Kafka's consumer that decodes the same records and drops
 * them.
 */
final class EpisodesBenchmark {
  private static final String STREAM = "episodes";
  private static final int LOG_FACTOR = 8;
  private static final long SEGMENTS_OF_EPISODE = 4;
  private static final int LANES = 8;
  private static final Duration LIMIT = Duration.ofMinutes(5);
  private static final long LOOK_NANOS = 1_000_000;

  private EpisodesBenchmark() {}

  static List<Row> measure(Effort effort) throws Exception {
    try (BenchmarkLog log = BenchmarkLog.start()) {
      log.shared();
      Topic topic = log.stream(STREAM);
      int segments = LOG_FACTOR * effort.segments();
      write(log.connection(), topic, segments);
      Applications applications = new Applications();
      List<Series> speeds =
          RoundRobin.measure(
              effort,
              List.of(
                  () -> join(log.connection(), applications.next(), segments),
                  () -> ReaderBenchmark.decode(log.connection(), topic, segments)));
      return List.of(
          new Row(
              "episodes: read, join, commit exactly once",
              "segments of 128 / s",
              speeds.get(0),
              new Row.Yardstick("KafkaConsumer and decode", speeds.get(1), null)));
    }
  }

  /** Every application reads the stream from its beginning. */
  private static final class Applications {
    private int count;

    String next() {
      return "relive-benchmark-" + ++count;
    }
  }

  private static void write(LogConnection connection, Topic topic, int segments) {
    SegmentSupply supply = new SegmentSupply(1);
    try (ExperienceWriter writer =
        ExperienceWriter.open(connection, topic, 0, WriterSettings.DEFAULT)) {
      writer.write(Flux.range(0, segments).map(i -> ofEpisode(supply.next()))).blockLast();
    }
  }

  /** The segment as one of episodes of 512 steps. */
  private static Segment ofEpisode(Segment endless) {
    long inLane = endless.sequence() / LANES;
    long inEpisode = inLane % SEGMENTS_OF_EPISODE;
    return new Segment(
        endless.lane(),
        endless.sequence(),
        inLane / SEGMENTS_OF_EPISODE,
        inEpisode * endless.length(),
        endless.length(),
        inEpisode == SEGMENTS_OF_EPISODE - 1 ? SegmentEnd.TRUNCATED : SegmentEnd.CONTINUES,
        endless.policyVersions(),
        endless.actorSteps(),
        endless.startedAtMicros(),
        endless.endedAtMicros(),
        endless.observations(),
        endless.actions(),
        endless.rewards(),
        endless.behaviourProbabilities());
  }

  private static double join(LogConnection connection, String application, int segments)
      throws Exception {
    CompletableFuture<LogException> failure = new CompletableFuture<>();
    try (EpisodeStream stream = new EpisodeStream(connection, new Metrics())) {
      stream.start(STREAM, application, failure::complete);
      while (stream.segments() == 0 && !failure.isDone()) {
        LockSupport.parkNanos(LOOK_NANOS);
      }
      long start = System.nanoTime();
      boolean all = stream.awaitCaughtUp(List.of(0), LIMIT);
      double speed = RoundRobin.perSecond(segments, start);
      if (!all || stream.segments() != segments) {
        throw new IllegalStateException(
            "Of " + segments + " segments " + stream.segments() + " were joined.",
            failure.getNow(null));
      }
      return speed;
    }
  }
}
