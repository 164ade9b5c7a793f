package dev.relive.log;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.relive.broker.BrokerConfig;
import dev.relive.broker.EmbeddedBroker;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Function;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.clients.producer.RecordMetadata;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.jspecify.annotations.Nullable;

/** A log of its own for each test, in the one broker that the tests share. */
final class TestLog {
  private static final AtomicInteger LOGS = new AtomicInteger();

  private TestLog() {}

  private static final class Shared {
    private static final EmbeddedBroker BROKER = newBroker();

    static {
      Runtime.getRuntime().addShutdownHook(new Thread(BROKER::close));
    }
  }

  /** A broker that a test may stop. */
  static EmbeddedBroker newBroker() {
    try {
      return EmbeddedBroker.start(
          BrokerConfig.in(Files.createTempDirectory(Path.of("target"), "broker")));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** A connection under a prefix that no other test has. */
  static LogConnection connection() {
    return new LogConnection(
        Shared.BROKER.bootstrapServers(), "test" + LOGS.incrementAndGet(), Map.of());
  }

  /** A connection to a log in which these topics exist. */
  static LogConnection connection(Function<TopicCatalogue, List<Topic>> topics) {
    LogConnection connection = connection();
    create(connection, topics.apply(connection.topics()));
    return connection;
  }

  static void create(LogConnection connection, List<Topic> topics) {
    try (LogAdmin admin = LogAdmin.open(connection)) {
      admin.ensure(topics);
    }
  }

  /** Writes records as some other program would; returns the last one's offset. */
  static long write(LogConnection connection, List<ProducerRecord<byte[], byte[]>> records) {
    Map<String, Object> properties = Map.of("bootstrap.servers", connection.bootstrapServers());
    try (KafkaProducer<byte[], byte[]> producer =
        new KafkaProducer<>(properties, new ByteArraySerializer(), new ByteArraySerializer())) {
      Future<RecordMetadata> last = null;
      for (ProducerRecord<byte[], byte[]> record : records) {
        last = producer.send(record);
      }
      return last == null ? -1 : last.get().offset();
    } catch (InterruptedException | ExecutionException e) {
      throw new IllegalStateException(e);
    }
  }

  static ProducerRecord<byte[], byte[]> record(
      Topic topic, @Nullable String key, byte @Nullable [] value) {
    return new ProducerRecord<>(topic.name(), 0, key == null ? null : key.getBytes(UTF_8), value);
  }

  static ProducerRecord<byte[], byte[]> record(Topic topic, Segment segment) {
    return record(
        topic, segment.lane().run() + "/" + segment.lane().actor(), SegmentCodec.encode(segment));
  }
}
