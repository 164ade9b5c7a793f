package dev.relive.evaluator.episodes;

import dev.relive.log.RecordCodec;
import dev.relive.log.RejectedRecordException;
import dev.relive.log.Segment;
import dev.relive.log.SegmentCodec;
import dev.relive.log.TopicCatalogue;
import dev.relive.log.wire.Episode;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Properties;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.apache.kafka.streams.StreamsConfig;
import org.apache.kafka.streams.TestInputTopic;
import org.apache.kafka.streams.TestOutputTopic;
import org.apache.kafka.streams.TopologyTestDriver;
import org.apache.kafka.streams.test.TestRecord;
import org.jspecify.annotations.Nullable;

/** The topology of the stream CartPole-v1 in Kafka's test driver, with the log's clock in hand. */
final class TestTopology implements AutoCloseable {
  static final Duration SILENCE = Duration.ofHours(1);
  private static final TopicCatalogue TOPICS = new TopicCatalogue("relive");
  private static final String STREAM = "CartPole-v1";

  final EpisodeCounters counters;
  final List<Double> returns = new ArrayList<>();
  final TopologyTestDriver driver;
  private final TestInputTopic<byte[], byte[]> segments;
  private final TestOutputTopic<byte[], byte[]> episodes;
  private Instant now = Instant.parse("2026-01-01T00:00:00Z");

  TestTopology() {
    counters =
        new EpisodeCounters(
            new EpisodeCounters.Returns() {
              @Override
              public void add(String run, double episodeReturn) {
                returns.add(episodeReturn);
              }

              @Override
              public void forget(String run) {}
            });
    Properties properties = new Properties();
    properties.put(StreamsConfig.APPLICATION_ID_CONFIG, "relive-relive-episodes-CartPole-v1");
    driver =
        new TopologyTestDriver(
            EpisodeTopology.build(TOPICS, STREAM, counters, SILENCE), properties, now);
    ByteArraySerializer serializer = new ByteArraySerializer();
    segments = driver.createInputTopic(TOPICS.experience(STREAM).name(), serializer, serializer);
    ByteArrayDeserializer deserializer = new ByteArrayDeserializer();
    episodes = driver.createOutputTopic(TOPICS.episodes().name(), deserializer, deserializer);
  }

  RunEpisodes run(String run) {
    return counters.of(run);
  }

  void pass(Duration time) {
    now = now.plus(time);
  }

  /** Appends a segment to the log. */
  void append(Segment segment) {
    String key = segment.lane().run() + "/" + segment.lane().actor();
    append(key.getBytes(StandardCharsets.UTF_8), SegmentCodec.encode(segment));
  }

  void append(byte @Nullable [] key, byte @Nullable [] value) {
    segments.pipeInput(new TestRecord<>(key, value, now));
  }

  /** The episodes that were written since this was asked last. */
  List<Episode> written() {
    List<Episode> written = new ArrayList<>();
    for (TestRecord<byte[], byte[]> record : episodes.readRecordsToList()) {
      Episode episode = decode(record.value());
      if (!new String(record.key(), StandardCharsets.UTF_8).equals(episode.getRun())) {
        throw new AssertionError("an episode under another run's key: " + episode);
      }
      written.add(episode);
    }
    return written;
  }

  static Episode decode(byte[] record) {
    try {
      return RecordCodec.EPISODE.decode(record);
    } catch (RejectedRecordException e) {
      throw new AssertionError("no episode", e);
    }
  }

  @Override
  public void close() {
    driver.close();
  }
}
