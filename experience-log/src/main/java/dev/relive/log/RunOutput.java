package dev.relive.log;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.relive.log.wire.CheckpointPart;
import dev.relive.log.wire.Policy;
import dev.relive.log.wire.Progress;
import dev.relive.log.wire.RunState;
import dev.relive.log.wire.Snapshot;
import org.apache.kafka.clients.producer.Producer;
import org.apache.kafka.clients.producer.ProducerRecord;

/** Makes a learner's messages to records, each with the topic, partition and key of its run. */
final class RunOutput {
  private final String run;
  private final TopicCatalogue topics;
  private final int snapshotPartition;
  private final int checkpointPartition;

  /** Asks the producer how many partitions there are. */
  RunOutput(String run, TopicCatalogue topics, Producer<byte[], byte[]> producer) {
    this.run = run;
    this.topics = topics;
    this.snapshotPartition = partition(producer, topics.snapshots());
    this.checkpointPartition = partition(producer, topics.checkpoints());
  }

  private int partition(Producer<byte[], byte[]> producer, Topic topic) {
    return RunPartition.of(run, producer.partitionsFor(topic.name()).size());
  }

  ProducerRecord<byte[], byte[]> record(Policy policy) {
    return record(topics.policies(), 0, run, RecordCodec.POLICY.encode(policy));
  }

  ProducerRecord<byte[], byte[]> record(Snapshot snapshot) {
    return record(
        topics.snapshots(),
        snapshotPartition,
        run + "/" + snapshot.getVersion(),
        RecordCodec.SNAPSHOT.encode(snapshot));
  }

  ProducerRecord<byte[], byte[]> record(CheckpointPart part) {
    return record(
        topics.checkpoints(),
        checkpointPartition,
        run + "/" + part.getPart(),
        RecordCodec.CHECKPOINT_PART.encode(part));
  }

  ProducerRecord<byte[], byte[]> record(RunState state) {
    return record(topics.runs(), 0, run + "/state", RecordCodec.RUN_STATE.encode(state));
  }

  ProducerRecord<byte[], byte[]> record(Progress progress) {
    return record(topics.progress(), 0, run, RecordCodec.PROGRESS.encode(progress));
  }

  private static ProducerRecord<byte[], byte[]> record(
      Topic topic, int partition, String key, byte[] value) {
    return new ProducerRecord<>(topic.name(), partition, key.getBytes(UTF_8), value);
  }
}
