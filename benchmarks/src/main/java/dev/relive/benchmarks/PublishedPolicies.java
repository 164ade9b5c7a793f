package dev.relive.benchmarks;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.relive.log.LogConnection;
import dev.relive.log.RecordCodec;
import dev.relive.log.RejectedRecordException;
import dev.relive.log.wire.Policy;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.common.TopicPartition;

/** All policies of a run, as the log still has them some minutes after they were published. */
final class PublishedPolicies {
  private PublishedPolicies() {}

  static List<Policy> of(LogConnection connection, String run) {
    TopicPartition partition = new TopicPartition(connection.topics().policies().name(), 0);
    ByteBuffer key = ByteBuffer.wrap(run.getBytes(UTF_8));
    List<Policy> policies = new ArrayList<>();
    try (KafkaConsumer<ByteBuffer, ByteBuffer> consumer = BareClients.committed(connection)) {
      consumer.assign(List.of(partition));
      consumer.seekToBeginning(List.of(partition));
      long end = consumer.endOffsets(List.of(partition)).getOrDefault(partition, 0L);
      while (consumer.position(partition) < end) {
        for (ConsumerRecord<ByteBuffer, ByteBuffer> record : consumer.poll(Duration.ofSeconds(1))) {
          if (key.equals(record.key())) {
            policies.add(RecordCodec.POLICY.decode(record.value()));
          }
        }
      }
    } catch (RejectedRecordException e) {
      throw new IllegalStateException("The learner wrote a policy that cannot be read.", e);
    }
    return policies;
  }
}
