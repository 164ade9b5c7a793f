package dev.relive.evaluator.episodes;

import static dev.relive.evaluator.episodes.EpisodeAssembly.ACTORS;
import static dev.relive.evaluator.episodes.EpisodeAssembly.LANES;
import static dev.relive.evaluator.episodes.EpisodeAssembly.POSITIONS;

import dev.relive.log.TopicCatalogue;
import java.time.Duration;
import java.util.Map;
import org.apache.kafka.common.config.TopicConfig;
import org.apache.kafka.common.serialization.Serde;
import org.apache.kafka.common.serialization.Serdes;
import org.apache.kafka.streams.Topology;
import org.apache.kafka.streams.state.StoreBuilder;
import org.apache.kafka.streams.state.Stores;

/**
 * From the segments of a stream to its episodes.
 *
 * <pre>
 *   relive.experience.STREAM ──▶ segments ──▶ assembly ──▶ episodes ──▶ relive.episodes
 *                                               │ ▲
 *                              positions, actors, lanes (in memory, each with a changelog)
 * </pre>
 */
final class EpisodeTopology {
  /** A file of a changelog is compacted once it is not written to any more. */
  private static final Map<String, String> CHANGELOG =
      Map.of(TopicConfig.SEGMENT_MS_CONFIG, Long.toString(Duration.ofMinutes(5).toMillis()));

  private EpisodeTopology() {}

  /**
   * The topology: a function of its arguments.
   *
   * @param counters is told what every task of it sees
   * @param silence after which an actor epoch that wrote nothing is forgotten, by the log's times
   */
  static Topology build(
      TopicCatalogue topics, String stream, EpisodeCounters counters, Duration silence) {
    return new Topology()
        .addSource(
            "segments",
            Serdes.ByteArray().deserializer(),
            Serdes.ByteArray().deserializer(),
            topics.experience(stream).name())
        .addProcessor("assembly", () -> new EpisodeAssembly(counters, silence), "segments")
        .addStateStore(store(POSITIONS, Serdes.Integer(), StoreFormat.positions()), "assembly")
        .addStateStore(store(ACTORS, Serdes.ByteArray(), StoreFormat.actors()), "assembly")
        .addStateStore(store(LANES, Serdes.ByteArray(), StoreFormat.lanes()), "assembly")
        .addSink(
            "episodes",
            topics.episodes().name(),
            Serdes.ByteArray().serializer(),
            Serdes.ByteArray().serializer(),
            "assembly");
  }

  /** With a cache, so that the changelog is told once a transaction what has become of a key. */
  private static <K, V> StoreBuilder<?> store(String name, Serde<K> key, Serde<V> value) {
    return Stores.keyValueStoreBuilder(Stores.inMemoryKeyValueStore(name), key, value)
        .withLoggingEnabled(CHANGELOG)
        .withCachingEnabled();
  }
}
