package dev.relive.evaluator.episodes;

import dev.relive.log.LogAdmin;
import dev.relive.log.LogConnection;
import dev.relive.log.LogException;
import dev.relive.log.Topic;
import dev.relive.service.Metrics;
import io.micrometer.core.instrument.binder.kafka.KafkaStreamsMetrics;
import java.time.Duration;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.OptionalLong;
import java.util.concurrent.locks.LockSupport;
import java.util.function.Consumer;
import org.apache.kafka.clients.consumer.ConsumerConfig;
import org.apache.kafka.clients.producer.ProducerConfig;
import org.apache.kafka.common.Metric;
import org.apache.kafka.streams.CloseOptions;
import org.apache.kafka.streams.CloseOptions.GroupMembershipOperation;
import org.apache.kafka.streams.KafkaStreams;
import org.apache.kafka.streams.StreamsConfig;
import org.apache.kafka.streams.errors.StreamsUncaughtExceptionHandler.StreamThreadExceptionResponse;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Writes the episodes of a stream, each once, together with all other processes that do so: they
 * share its partitions. A process that dies is missed after six seconds.
 */
public final class EpisodeStream implements AutoCloseable {
  private static final Logger LOG = LoggerFactory.getLogger(EpisodeStream.class);

  /** A process start of which nothing is heard for so long has died, by the log's times. */
  static final Duration SILENCE = Duration.ofDays(1);

  private static final Duration BETWEEN_COMMITS = Duration.ofSeconds(1);
  private static final Duration CLOSE = Duration.ofSeconds(2);
  private static final Duration BETWEEN_LOOKS = Duration.ofMillis(50);

  private final LogConnection connection;
  private final Metrics metrics;
  private final EpisodeCounters counters;
  private volatile @Nullable Running running;

  private record Running(
      KafkaStreams streams, Topic topic, String application, KafkaStreamsMetrics shown) {}

  /**
   * One that is not started.
   *
   * @param metrics where its meters and those of Kafka Streams are shown
   */
  public EpisodeStream(LogConnection connection, Metrics metrics) {
    this.connection = connection;
    this.metrics = metrics;
    counters = EpisodeMetrics.register(metrics.registry(), this::lag);
  }

  /**
   * Begins to work, in threads of its own, on a stream whose topic exists.
   *
   * @param failed is told, by another thread, why it cannot go on
   * @throws LogException if no Kafka client can be made
   */
  public void start(String stream, Consumer<LogException> failed) {
    start(stream, connection.topics().application("episodes", stream), failed);
  }

  /**
   * As {@link #start(String, Consumer)}, by another application than the usual one: a new one
   * writes all episodes of the stream anew.
   */
  public void start(String stream, String application, Consumer<LogException> failed) {
    KafkaStreams streams =
        new KafkaStreams(
            EpisodeTopology.build(connection.topics(), stream, counters, SILENCE),
            new StreamsConfig(settings(application)));
    streams.setUncaughtExceptionHandler(
        failure -> {
          failed.accept(LogException.during("Following the episodes of stream " + stream, failure));
          return StreamThreadExceptionResponse.SHUTDOWN_CLIENT;
        });
    KafkaStreamsMetrics shown =
        new KafkaStreamsMetrics(streams, List.of(), metrics.refresher(), Metrics.REFRESH);
    shown.bindTo(metrics.meters());
    running = new Running(streams, connection.topics().experience(stream), application, shown);
    streams.start();
    LOG.info("Following the episodes of stream {} as {}", stream, application);
  }

  /** In three layers, as those of {@link LogConnection}: ours, the user's, the promises'. */
  private Map<String, Object> settings(String application) {
    Map<String, Object> settings = new HashMap<>();
    // Some megabytes at a time: images grow twentyfold when they are decompressed.
    settings.put(ConsumerConfig.MAX_PARTITION_FETCH_BYTES_CONFIG, 4 << 20);
    settings.put(ConsumerConfig.FETCH_MAX_BYTES_CONFIG, 16 << 20);
    settings.put(ConsumerConfig.FETCH_MAX_WAIT_MS_CONFIG, 100);
    settings.put(ConsumerConfig.MAX_POLL_RECORDS_CONFIG, 2_000);
    // The least that a broker allows unless told otherwise.
    settings.put(ConsumerConfig.SESSION_TIMEOUT_MS_CONFIG, 6_000);
    settings.put(ConsumerConfig.HEARTBEAT_INTERVAL_MS_CONFIG, 1_000);
    settings.put(ProducerConfig.COMPRESSION_TYPE_CONFIG, "lz4");
    settings.put(StreamsConfig.COMMIT_INTERVAL_MS_CONFIG, BETWEEN_COMMITS.toMillis());
    // The state of a partition is small: whoever joins takes its share at once, not in ten minutes.
    settings.put(StreamsConfig.ACCEPTABLE_RECOVERY_LAG_CONFIG, Long.MAX_VALUE);
    settings.putAll(connection.clientSettings());
    settings.put(StreamsConfig.APPLICATION_ID_CONFIG, application);
    // Its own would hold an identity that is new with every start, and so would every metric.
    settings.put(StreamsConfig.CLIENT_ID_CONFIG, application);
    settings.put(StreamsConfig.PROCESSING_GUARANTEE_CONFIG, StreamsConfig.EXACTLY_ONCE_V2);
    settings.put(ConsumerConfig.AUTO_OFFSET_RESET_CONFIG, "earliest");
    return settings;
  }

  /**
   * Waits until what now stands in some partitions has been read and its episodes are committed, by
   * whatever process, and gives up after a while.
   *
   * @return whether it is so
   */
  public boolean awaitCaughtUp(Collection<Integer> partitions, Duration limit)
      throws InterruptedException {
    Running now = running;
    if (now == null) {
      return false;
    }
    long deadline = System.nanoTime() + limit.toNanos();
    try (LogAdmin admin = LogAdmin.open(connection)) {
      for (int partition : partitions) {
        long end = admin.endOffset(now.topic(), partition);
        while (admin.committedOffset(now.application(), now.topic(), partition) < end) {
          if (System.nanoTime() - deadline > 0 || !now.streams().state().isRunningOrRebalancing()) {
            return false;
          }
          LockSupport.parkNanos(BETWEEN_LOOKS.toNanos());
          if (Thread.interrupted()) {
            throw new InterruptedException();
          }
        }
      }
    }
    return true;
  }

  /** Segments that this process has joined, of all runs, without duplicates. */
  public long segments() {
    return counters.runs().values().stream().mapToLong(RunEpisodes::segments).sum();
  }

  private OptionalLong lag() {
    Running now = running;
    return now == null ? OptionalLong.empty() : lag(now);
  }

  private static OptionalLong lag(Running now) {
    String topic = now.topic().name();
    double[] lags =
        now.streams().metrics().values().stream()
            .filter(metric -> metric.metricName().name().equals("records-lag"))
            .filter(metric -> topic.equals(metric.metricName().tags().get("topic")))
            .mapToDouble(EpisodeStream::value)
            .filter(Double::isFinite)
            .toArray();
    long sum = 0;
    for (double lag : lags) {
      sum += (long) lag;
    }
    return lags.length == 0 ? OptionalLong.empty() : OptionalLong.of(sum);
  }

  private static double value(Metric metric) {
    return metric.metricValue() instanceof Double number ? number : Double.NaN;
  }

  /** Commits what is done and leaves the rest to the others. */
  @Override
  public void close() {
    Running now = running;
    if (now == null) {
      return;
    }
    now.shown().close();
    if (!now.streams()
        .close(
            CloseOptions.timeout(CLOSE)
                .withGroupMembershipOperation(GroupMembershipOperation.LEAVE_GROUP))) {
      LOG.warn("The episodes of {} were not closed within {}", now.topic().name(), CLOSE);
    }
  }
}
