package dev.relive.evaluator.episodes;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.relive.broker.BrokerConfig;
import dev.relive.broker.EmbeddedBroker;
import dev.relive.log.LogAdmin;
import dev.relive.log.LogConnection;
import dev.relive.log.LogException;
import dev.relive.log.Segment;
import dev.relive.log.SegmentCodec;
import dev.relive.log.SegmentEnd;
import dev.relive.log.Topic;
import dev.relive.log.TopicCatalogue;
import dev.relive.log.wire.Episode;
import dev.relive.service.Metrics;
import java.io.BufferedReader;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.TreeMap;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicReference;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.consumer.ConsumerConfig;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerConfig;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** The topology on a real broker, in several processes, of which some are killed. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class EpisodeStreamTest {
  private static final String STREAM = "CartPole-v1";
  private static final int PARTITIONS = 4;
  private static final Duration LIMIT = Duration.ofSeconds(90);

  private final AtomicInteger logs = new AtomicInteger();
  private EmbeddedBroker broker;
  private KafkaProducer<byte[], byte[]> producer;

  @BeforeAll
  void startBroker(@TempDir Path directory) {
    broker = EmbeddedBroker.start(BrokerConfig.in(directory));
    producer =
        new KafkaProducer<>(
            Map.<String, Object>of(
                ProducerConfig.BOOTSTRAP_SERVERS_CONFIG,
                broker.bootstrapServers(),
                ProducerConfig.LINGER_MS_CONFIG,
                5),
            new ByteArraySerializer(),
            new ByteArraySerializer());
  }

  @AfterAll
  void stopBroker() {
    producer.close();
    broker.close();
  }

  /** A log of which nothing is there but its topics. */
  private LogConnection emptyLog() {
    LogConnection connection =
        new LogConnection(broker.bootstrapServers(), "log" + logs.incrementAndGet(), Map.of());
    try (LogAdmin admin = LogAdmin.open(connection)) {
      List<Topic> topics = new ArrayList<>(connection.topics().shared());
      topics.add(connection.topics().experience(STREAM, PARTITIONS, TopicCatalogue.FOREVER));
      admin.ensure(topics);
    }
    return connection;
  }

  /** Every partition has a run of its own, each with an actor of two lanes. */
  private final class Players {
    private final String topic;
    private final List<ActorScript> actors = new ArrayList<>();
    private final Map<String, Double> finished = new TreeMap<>();
    private final long[][] episodes = new long[PARTITIONS][2];
    private final long[][] steps = new long[PARTITIONS][2];
    private final double[][] sums = new double[PARTITIONS][2];
    private final Random random = new Random(7);
    private final AtomicReference<Exception> unwritten = new AtomicReference<>();

    Players(LogConnection log) {
      topic = log.topics().experience(STREAM).name();
      for (int partition = 0; partition < PARTITIONS; partition++) {
        actors.add(new ActorScript("run-" + partition, "producer", 0xfeedL + partition));
      }
    }

    /** Writes segments to every partition, some of which end an episode. */
    void play(int segments) {
      for (int i = 0; i < segments; i++) {
        for (int partition = 0; partition < PARTITIONS; partition++) {
          play(partition, random.nextInt(2), random.nextInt(3) == 0);
        }
      }
      producer.flush();
      assertNull(unwritten.get(), "a segment that Kafka did not take");
    }

    /** Writes now and then until something has happened. */
    void playUntil(CompletableFuture<Void> happened) throws Exception {
      boolean waiting = true;
      while (waiting) {
        play(20);
        try {
          happened.get(50, TimeUnit.MILLISECONDS);
          waiting = false;
        } catch (TimeoutException e) {
          waiting = true; // Not yet.
        }
      }
    }

    private void play(int partition, int lane, boolean ends) {
      float[] rewards = new float[1 + random.nextInt(8)];
      for (int step = 0; step < rewards.length; step++) {
        rewards[step] = random.nextInt(10);
        sums[partition][lane] += rewards[step];
      }
      ActorScript actor = actors.get(partition);
      Segment segment =
          actor.next(
              lane,
              episodes[partition][lane],
              steps[partition][lane],
              ends ? SegmentEnd.TERMINATED : SegmentEnd.CONTINUES,
              1,
              rewards);
      steps[partition][lane] += rewards.length;
      if (ends) {
        finished.put(name(actor.run, lane, segment.episode()), sums[partition][lane]);
        episodes[partition][lane]++;
        steps[partition][lane] = 0;
        sums[partition][lane] = 0;
      }
      var unused =
          producer.send(
              new ProducerRecord<>(topic, partition, actor.key(), SegmentCodec.encode(segment)),
              (place, failure) -> unwritten.compareAndSet(null, failure));
    }
  }

  private static String name(String run, int lane, long episode) {
    return run + "/" + lane + "/" + episode;
  }

  @Test
  @Timeout(240) // Processes start, and Kafka misses two of them after six seconds each.
  void everyEpisodeIsThereOnceWhenProcessesAreKilled() throws Exception {
    LogConnection log = emptyLog();
    Players players = new Players(log);
    Process first = EpisodeProcess.start(log, STREAM);
    Process second = EpisodeProcess.start(log, STREAM);
    try (BufferedReader saidByFirst = first.inputReader();
        BufferedReader saidBySecond = second.inputReader()) {
      // Kafka moves partitions until both have some.
      players.playUntil(CompletableFuture.allOf(said(saidByFirst), said(saidBySecond)));
      players.play(2_000);
      first.destroyForcibly().waitFor();
      players.play(2_000);
      Process third = EpisodeProcess.start(log, STREAM);
      try (BufferedReader saidByThird = third.inputReader()) {
        players.playUntil(said(saidByThird));
        second.destroyForcibly().waitFor();
        players.play(500);
        assertEquals(players.finished, once(awaitEpisodes(log, players.finished.size())));
      } finally {
        third.destroyForcibly();
      }
    } finally {
      first.destroyForcibly();
      second.destroyForcibly();
    }
  }

  private static CompletableFuture<Void> said(BufferedReader lines) {
    return CompletableFuture.runAsync(
        () ->
            assertEquals(
                EpisodeProcess.READING, lines.lines().findFirst().orElse("nothing: it ended")));
  }

  @Test
  void anEpisodeGoesOnAfterARestartAndNothingIsWrittenAgainWhenKafkaForgets() throws Exception {
    LogConnection log = emptyLog();
    Players players = new Players(log);
    try (EpisodeStream stream = stream(log)) {
      players.play(40);
      assertTrue(stream.awaitCaughtUp(List.of(0, 1, 2, 3), LIMIT));
    }
    try (EpisodeStream stream = stream(log)) {
      players.play(40);
      assertTrue(stream.awaitCaughtUp(List.of(0, 1, 2, 3), LIMIT));
      assertEquals(40 * PARTITIONS, stream.segments());
    }
    int before = players.finished.size();
    assertEquals(players.finished, once(awaitEpisodes(log, before)));

    String group = log.topics().application("episodes", STREAM);
    try (Admin admin =
        Admin.create(Map.<String, Object>of("bootstrap.servers", broker.bootstrapServers()))) {
      admin.deleteConsumerGroups(List.of(group)).all().get();
    }
    try (EpisodeStream stream = stream(log)) {
      players.play(40);
      assertTrue(stream.awaitCaughtUp(List.of(0, 1, 2, 3), LIMIT));
      assertEquals(40 * PARTITIONS, stream.segments());
    }
    assertTrue(players.finished.size() > before);
    assertEquals(players.finished, once(awaitEpisodes(log, players.finished.size())));
    assertFalse(
        Files.exists(Path.of(System.getProperty("java.io.tmpdir"), "kafka-streams")),
        "something was written to the local disk");
  }

  @Test
  void aStreamThatIsNotThereIsASentence() throws Exception {
    LogConnection log = emptyLog();
    CompletableFuture<LogException> failure = new CompletableFuture<>();
    try (EpisodeStream stream = new EpisodeStream(log, new Metrics())) {
      stream.start("Missing-v0", failure::complete);
      String sentence = String.valueOf(failure.get().getMessage());
      assertTrue(
          sentence.startsWith("Following the episodes of stream Missing-v0 failed: "), sentence);
    }
  }

  private static EpisodeStream stream(LogConnection log) {
    EpisodeStream stream = new EpisodeStream(log, new Metrics());
    stream.start(
        STREAM,
        failure -> {
          throw failure;
        });
    return stream;
  }

  /** The returns of episodes by their names, none of which is there twice. */
  private static Map<String, Double> once(List<Episode> episodes) {
    Map<String, Double> returns = new TreeMap<>();
    for (Episode episode : episodes) {
      Double other =
          returns.put(
              name(episode.getRun(), episode.getLane(), episode.getEpisode()), episode.getReturn());
      assertNull(other, () -> "there twice: " + episode);
    }
    return returns;
  }

  /** All that is committed, once it is so many; waits for more where there are too few. */
  private static List<Episode> awaitEpisodes(LogConnection log, int count) {
    List<Episode> episodes = new ArrayList<>();
    try (KafkaConsumer<byte[], byte[]> consumer =
        new KafkaConsumer<>(
            Map.<String, Object>of(
                ConsumerConfig.BOOTSTRAP_SERVERS_CONFIG,
                log.bootstrapServers(),
                ConsumerConfig.ISOLATION_LEVEL_CONFIG,
                "read_committed"),
            new ByteArrayDeserializer(),
            new ByteArrayDeserializer())) {
      TopicPartition partition = new TopicPartition(log.topics().episodes().name(), 0);
      consumer.assign(List.of(partition));
      consumer.seekToBeginning(List.of(partition));
      long deadline = System.nanoTime() + LIMIT.toNanos();
      boolean quiet = false;
      while (!(quiet && episodes.size() >= count) && System.nanoTime() - deadline < 0) {
        quiet = true;
        for (ConsumerRecord<byte[], byte[]> record : consumer.poll(Duration.ofSeconds(1))) {
          episodes.add(TestTopology.decode(record.value()));
          quiet = false;
        }
      }
    }
    return episodes;
  }
}
