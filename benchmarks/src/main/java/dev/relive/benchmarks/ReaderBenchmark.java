package dev.relive.benchmarks;

import dev.relive.learner.ReplayBuffer;
import dev.relive.log.ExperienceReader;
import dev.relive.log.ExperienceWriter;
import dev.relive.log.LogConnection;
import dev.relive.log.LoggedSegment;
import dev.relive.log.ReadRequest;
import dev.relive.log.RejectedRecordException;
import dev.relive.log.RejectedRecords;
import dev.relive.log.SegmentCodec;
import dev.relive.log.Topic;
import dev.relive.log.WriterSettings;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.List;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.common.TopicPartition;

/**
 * Segments from the log into the replay buffer, checked for gaps and duplicates, beside a loop
 * around Kafka's consumer that decodes the same records and drops them.
 */
final class ReaderBenchmark {
  private static final Target TARGET = new Target.Ratio(0.6);
  private static final String STREAM = "experience";
  private static final int REPLAY_CAPACITY = 100_000;

  /** Reading is several times as fast as writing, and a round should not be short. */
  private static final int LOG_FACTOR = 8;

  private ReaderBenchmark() {}

  static List<Row> measure(Effort effort) throws Exception {
    try (BenchmarkLog log = BenchmarkLog.start()) {
      Topic topic = log.stream(STREAM);
      int segments = LOG_FACTOR * effort.segments();
      try (ExperienceWriter writer =
          ExperienceWriter.open(log.connection(), topic, 0, WriterSettings.DEFAULT)) {
        var unused = WriterBenchmark.write(writer, new SegmentSupply(1), segments);
      }
      ReplayBuffer replay = new ReplayBuffer(REPLAY_CAPACITY, SegmentSupply.OBSERVATION_SIZE);
      List<Series> speeds =
          RoundRobin.measure(
              effort,
              List.of(
                  () -> read(log.connection(), replay, segments),
                  () -> decode(log.connection(), topic, segments)));
      return List.of(
          new Row(
              "read: fetch, decode, check, append to replay",
              "segments of 128 / s",
              speeds.get(0),
              new Row.Yardstick("KafkaConsumer and decode", speeds.get(1), TARGET)));
    }
  }

  private static double read(LogConnection connection, ReplayBuffer replay, int segments) {
    ExperienceReader reader = new ExperienceReader(connection, RejectedRecords.LEFT);
    ReadRequest request =
        ReadRequest.of(connection.topics(), BenchmarkRun.onStream(STREAM)).untilNow();
    long start = System.nanoTime();
    var unused = reader.read(request).doOnNext(logged -> append(replay, logged)).blockLast();
    long read = reader.counters().segments();
    if (read != segments || reader.counters().gaps() > 0) {
      throw new IllegalStateException("Of " + segments + " segments " + read + " were read.");
    }
    return RoundRobin.perSecond(read, start);
  }

  private static void append(ReplayBuffer replay, LoggedSegment logged) {
    replay.append(logged.segment(), logged.appendedAtMillis(), 0, logged.segment().length());
  }

  /** The speed of a loop around Kafka's consumer that decodes a log of full segments. */
  static double decode(LogConnection connection, Topic topic, int segments)
      throws RejectedRecordException {
    long start = System.nanoTime();
    int read = 0;
    long transitions = 0;
    try (KafkaConsumer<ByteBuffer, ByteBuffer> consumer = BareClients.consumer(connection)) {
      TopicPartition partition = new TopicPartition(topic.name(), 0);
      consumer.assign(List.of(partition));
      consumer.seek(partition, 0);
      while (read < segments) {
        for (ConsumerRecord<ByteBuffer, ByteBuffer> record :
            consumer.poll(Duration.ofMillis(200))) {
          transitions += SegmentCodec.decode(record.value()).length();
          read++;
        }
      }
    }
    if (transitions != (long) read * SegmentSupply.LENGTH) {
      throw new IllegalStateException(
          "Of " + read + " segments " + transitions + " transitions were decoded.");
    }
    return RoundRobin.perSecond(read, start);
  }
}
