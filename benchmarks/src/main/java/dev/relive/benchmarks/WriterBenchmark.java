package dev.relive.benchmarks;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.relive.log.ExperienceWriter;
import dev.relive.log.Segment;
import dev.relive.log.SegmentCodec;
import dev.relive.log.Topic;
import dev.relive.log.WriterSettings;
import java.util.List;
import java.util.concurrent.atomic.AtomicLong;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import reactor.core.publisher.Flux;

/**
 * Segments from the caller's hands into the log, encoding included, beside records of the same size
 * and content, encoded beforehand, through Kafka's producer alone.
 */
final class WriterBenchmark {
  private static final Target TARGET = new Target.Ratio(0.7);
  private static final int ENCODED = 1024;

  private WriterBenchmark() {}

  static List<Row> measure(Effort effort) throws Exception {
    try (BenchmarkLog log = BenchmarkLog.start()) {
      Topic oursTopic = log.stream("ours");
      Topic bareTopic = log.stream("bare");
      try (ExperienceWriter writer =
              ExperienceWriter.open(log.connection(), oursTopic, 0, WriterSettings.DEFAULT);
          KafkaProducer<byte[], byte[]> producer = BareClients.producer(log.connection())) {
        SegmentSupply supply = new SegmentSupply(1);
        BareWriter bare = new BareWriter(producer, bareTopic.name());
        int segments = effort.segments();
        List<Series> speeds =
            RoundRobin.measure(
                effort, List.of(() -> write(writer, supply, segments), () -> bare.write(segments)));
        return List.of(
            new Row(
                "write: encode, send, acknowledge",
                "segments of 128 / s",
                speeds.get(0),
                new Row.Yardstick("KafkaProducer, the same bytes", speeds.get(1), TARGET)));
      }
    }
  }

  /** Returns when all are acknowledged. */
  static double write(ExperienceWriter writer, SegmentSupply supply, int segments) {
    Flux<Segment> source = Flux.<Segment>generate(sink -> sink.next(supply.next())).take(segments);
    long start = System.nanoTime();
    Long acknowledged = writer.write(source).count().block();
    if (acknowledged == null || acknowledged != segments) {
      throw new IllegalStateException(
          "Of " + segments + " segments " + acknowledged + " were acknowledged.");
    }
    return RoundRobin.perSecond(segments, start);
  }

  /** What the writer would send, made beforehand, through a producer alone. */
  private static final class BareWriter {
    private final KafkaProducer<byte[], byte[]> producer;
    private final String topic;
    private final byte[][] records = new byte[ENCODED][];
    private final byte[] key = (BenchmarkRun.ID + "/" + SegmentSupply.ACTOR).getBytes(UTF_8);

    BareWriter(KafkaProducer<byte[], byte[]> producer, String topic) {
      this.producer = producer;
      this.topic = topic;
      SegmentSupply supply = new SegmentSupply(1);
      for (int i = 0; i < ENCODED; i++) {
        records[i] = SegmentCodec.encode(supply.next());
      }
    }

    double write(int segments) {
      long start = System.nanoTime();
      AtomicLong acknowledged = new AtomicLong();
      for (int i = 0; i < segments; i++) {
        var unused =
            producer.send(
                new ProducerRecord<>(topic, 0, key, records[i % ENCODED]),
                (metadata, failure) -> {
                  if (failure == null) {
                    acknowledged.incrementAndGet();
                  }
                });
      }
      producer.flush();
      if (acknowledged.get() != segments) {
        throw new IllegalStateException(
            "Of " + segments + " records " + acknowledged + " were acknowledged.");
      }
      return RoundRobin.perSecond(segments, start);
    }
  }
}
