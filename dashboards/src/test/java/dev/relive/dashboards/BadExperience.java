package dev.relive.dashboards;

import dev.relive.log.LaneId;
import dev.relive.log.Segment;
import dev.relive.log.SegmentCodec;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import org.apache.kafka.common.serialization.ByteArraySerializer;

/** Writes into a topic of experience what no producer would. */
final class BadExperience implements AutoCloseable {
  private static final long SOME_SEQUENCE = 7;

  private final String servers;
  private final TopicPartition partition;
  private final KafkaProducer<byte[], byte[]> producer;

  BadExperience(String bootstrapServers, String topic) {
    servers = bootstrapServers;
    partition = new TopicPartition(topic, 0);
    producer =
        new KafkaProducer<>(
            Map.of("bootstrap.servers", bootstrapServers),
            new ByteArraySerializer(),
            new ByteArraySerializer());
  }

  /** A record that is no segment. */
  void writeNonsense() throws Exception {
    write(first().key(), new byte[] {1, 2, 3});
  }

  /** A segment of a producer whose earlier ones are not there. */
  void writeAfterAGap() throws Exception {
    ConsumerRecord<byte[], byte[]> record = first();
    Segment segment = SegmentCodec.decode(ByteBuffer.wrap(record.value()));
    LaneId lane = segment.lane();
    Segment late =
        new Segment(
            new LaneId(lane.run(), lane.actor(), lane.epoch() + 1, lane.lane()),
            SOME_SEQUENCE,
            segment.episode(),
            segment.firstStep(),
            segment.length(),
            segment.end(),
            segment.policyVersions(),
            segment.actorSteps(),
            segment.startedAtMicros(),
            segment.endedAtMicros(),
            segment.observations(),
            segment.actions(),
            segment.rewards(),
            segment.behaviourProbabilities());
    write(record.key(), SegmentCodec.encode(late));
  }

  private void write(byte[] key, byte[] value) throws Exception {
    producer.send(new ProducerRecord<>(partition.topic(), partition.partition(), key, value)).get();
  }

  private ConsumerRecord<byte[], byte[]> first() {
    try (KafkaConsumer<byte[], byte[]> consumer =
        new KafkaConsumer<>(
            Map.of("bootstrap.servers", servers),
            new ByteArrayDeserializer(),
            new ByteArrayDeserializer())) {
      consumer.assign(List.of(partition));
      consumer.seekToBeginning(List.of(partition));
      while (true) {
        for (ConsumerRecord<byte[], byte[]> record : consumer.poll(Duration.ofSeconds(1))) {
          return record;
        }
      }
    }
  }

  @Override
  public void close() {
    producer.close();
  }
}
