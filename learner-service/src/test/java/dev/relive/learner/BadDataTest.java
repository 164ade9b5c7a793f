package dev.relive.learner;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.relive.broker.BrokerConfig;
import dev.relive.broker.EmbeddedBroker;
import dev.relive.learner.LearnerStart.NewRun;
import dev.relive.log.LogConnection;
import dev.relive.log.RejectedTopic;
import dev.relive.log.RejectionReason;
import dev.relive.log.Segment;
import dev.relive.log.SegmentCodec;
import dev.relive.log.SegmentEnd;
import dev.relive.log.Topic;
import dev.relive.log.wire.Progress;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.clients.producer.RecordMetadata;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/**
 * Bad records among good ones, in every topic: no learner stops, every good one is used, and every
 * bad segment is in the rejected topic once with its reason, also where the learner is killed.
 */
class BadDataTest {
  private static final boolean MANY = "long".equals(System.getProperty("faults.extent"));
  private static final int BAD = MANY ? 110_000 : 3_000;
  private static final int BAD_FOR_EACH_GOOD = 20;
  private static final int BETWEEN_LARGE = MANY ? 4_000 : 1_000;
  private static final int LENGTH = 6;
  private static final int GOOD = BAD / BAD_FOR_EACH_GOOD;
  private static final long STEPS = (long) GOOD * LENGTH;

  /** Why each bad record may be rejected, by its offset. */
  private final Map<Long, Set<RejectionReason>> bad = new HashMap<>();

  @Test
  @Timeout(value = 15, unit = TimeUnit.MINUTES)
  void goodOnesAreUsedAndBadOnesRejectedOnce(@TempDir Path directory) throws Exception {
    try (EmbeddedBroker broker = EmbeddedBroker.start(BrokerConfig.in(directory))) {
      BrokerLog log = new BrokerLog(new LogConnection(broker.bootstrapServers(), "bad", Map.of()));
      String run = stopped(log);
      strewSharedTopics(log, run);
      BadRecords records = new BadRecords(log.experience().name(), run, 17);
      TestSegments segments = new TestSegments(run);
      write(log, records, segments, GOOD / 2);

      Process killed = LearnerProcess.start(log.connection(), run);
      try {
        log.progress(run, progress -> progress.getRunSteps() >= STEPS / 8);
      } finally {
        killed.destroyForcibly().waitFor();
      }
      write(log, records, segments, GOOD - GOOD / 2);
      Process successor = LearnerProcess.start(log.connection(), run);
      try {
        assertTrue(successor.waitFor(10, TimeUnit.MINUTES), "the learner did not end");
        assertEquals(0, successor.exitValue());
      } finally {
        successor.destroyForcibly().waitFor();
      }

      Progress end = log.progress(run, progress -> progress.getRunSteps() >= STEPS);
      assertEquals(STEPS, end.getRunSteps());
      assertEquals(GOOD, end.getActors(0).getNextSequence());
      assertEquals(0, end.getActors(0).getGaps());
      assertEquals(0, end.getActors(0).getDuplicates());
      assertRejectedOnce(log);
    }
  }

  /** A run that takes all good segments and has a learner no more. */
  private static String stopped(BrokerLog log) {
    NewRun all = BrokerLog.with(BrokerLog.newRun(), "schedule.steps", "" + STEPS);
    try (LearnerService learner = log.started(BrokerLog.with(all, "schedule.train-every", "100"))) {
      return learner.run();
    }
  }

  private void write(BrokerLog log, BadRecords records, TestSegments segments, int good)
      throws Exception {
    Map<Future<RecordMetadata>, Set<RejectionReason>> written = new HashMap<>();
    try (KafkaProducer<byte[], byte[]> producer = producer(log)) {
      for (int i = 0; i < good; i++) {
        for (int k = 0; k < BAD_FOR_EACH_GOOD; k++) {
          send(producer, records.next(), written);
        }
        if (i % (BETWEEN_LARGE / BAD_FOR_EACH_GOOD) == 0) {
          send(producer, records.large(), written);
          send(producer, records.oversized(), written);
        }
        Segment segment = segments.next(0, LENGTH, SegmentEnd.CONTINUES);
        var unused =
            producer.send(
                new ProducerRecord<>(
                    log.experience().name(),
                    0,
                    (segment.lane().run() + "/" + segment.lane().actor()).getBytes(UTF_8),
                    SegmentCodec.encode(segment)));
      }
    }
    for (var each : written.entrySet()) {
      bad.put(each.getKey().get().offset(), each.getValue());
    }
  }

  private static void send(
      KafkaProducer<byte[], byte[]> producer,
      BadRecords.Bad bad,
      Map<Future<RecordMetadata>, Set<RejectionReason>> written) {
    written.put(producer.send(bad.record()), bad.reasons());
  }

  /** Noise and damage where learners look for runs, progress, checkpoints and all else. */
  private static void strewSharedTopics(BrokerLog log, String run) {
    Random random = new Random(5);
    try (KafkaProducer<byte[], byte[]> producer = producer(log)) {
      for (Topic topic : log.connection().topics().shared()) {
        for (String key : List.of(run, run + "/spec", run + "/7", run + "/state", "", "a/b/c")) {
          // What is newest under a key of the learner's own is what it reads.
          byte[] noise = new byte[random.nextInt(500)];
          random.nextBytes(noise);
          var unused =
              producer.send(new ProducerRecord<>(topic.name(), 0, key.getBytes(UTF_8), noise));
        }
      }
    }
  }

  private void assertRejectedOnce(BrokerLog log) {
    String source = log.experience().name() + "/0/";
    Map<Long, String> rejected = new HashMap<>();
    List<String> twice = new ArrayList<>();
    for (Copy copy : copies(log)) {
      long offset = Long.parseLong(copy.key().replace(source, ""));
      if (rejected.put(offset, copy.reason()) != null) {
        twice.add(copy.key());
      }
    }
    assertEquals(List.of(), twice);
    assertEquals(bad.keySet(), rejected.keySet());
    rejected.forEach(
        (offset, reason) ->
            assertTrue(
                bad.getOrDefault(offset, Set.of()).stream().anyMatch(r -> r.label().equals(reason)),
                () -> "record " + offset + " was rejected as " + reason));
  }

  private record Copy(String key, String reason) {}

  private static List<Copy> copies(BrokerLog log) {
    String stream = TestRuns.ENVIRONMENT.getId();
    TopicPartition topic = new TopicPartition(log.connection().topics().rejected(stream).name(), 0);
    List<Copy> copies = new ArrayList<>();
    try (KafkaConsumer<byte[], byte[]> consumer =
        new KafkaConsumer<>(
            Map.of("bootstrap.servers", log.connection().bootstrapServers()),
            new ByteArrayDeserializer(),
            new ByteArrayDeserializer())) {
      consumer.assign(List.of(topic));
      consumer.seekToBeginning(List.of(topic));
      long end = consumer.endOffsets(List.of(topic)).getOrDefault(topic, 0L);
      while (consumer.position(topic) < end) {
        for (ConsumerRecord<byte[], byte[]> copy : consumer.poll(Duration.ofMillis(200))) {
          copies.add(
              new Copy(
                  new String(copy.key(), UTF_8),
                  new String(copy.headers().lastHeader(RejectedTopic.REASON).value(), UTF_8)));
        }
      }
    }
    return copies;
  }

  private static KafkaProducer<byte[], byte[]> producer(BrokerLog log) {
    return new KafkaProducer<>(
        Map.of(
            "bootstrap.servers",
            log.connection().bootstrapServers(),
            "compression.type",
            "lz4",
            "buffer.memory",
            128L << 20,
            "max.request.size",
            64 << 20),
        new ByteArraySerializer(),
        new ByteArraySerializer());
  }
}
