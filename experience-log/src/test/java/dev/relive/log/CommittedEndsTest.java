package dev.relive.log;

import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.relive.log.wire.Progress;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.common.IsolationLevel;
import org.apache.kafka.common.TopicPartition;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class CommittedEndsTest {
  private final LogConnection connection = TestLog.connection(TopicCatalogue::shared);
  private final Topic topic = connection.topics().progress();
  private final TopicPartition partition = new TopicPartition(topic.name(), 0);
  private final KafkaProducer<byte[], byte[]> producer =
      connection.transactionalProducer("t-" + connection.prefix(), Duration.ofSeconds(20));
  private final KafkaConsumer<ByteBuffer, ByteBuffer> consumer =
      connection.consumer(IsolationLevel.READ_COMMITTED);

  @BeforeEach
  void write() {
    TestLog.write(connection, List.of(TestLog.record(topic, "run", progress(1))));
    producer.initTransactions();
    producer.beginTransaction();
    var unused = producer.send(TestLog.record(topic, "run", progress(2)));
    producer.flush();
  }

  @AfterEach
  void close() {
    producer.close();
    consumer.close();
  }

  @Test
  void areAfterWhatIsBeingCommitted() {
    CompletableFuture<Map<TopicPartition, Long>> ends =
        CompletableFuture.supplyAsync(
            () -> CommittedEnds.await(connection, consumer, List.of(partition)));
    Transactions.commit(producer);
    assertEquals(Map.of(partition, 3L), ends.join()); // The commit's marker takes an offset too.
  }

  @Test
  void areBeforeWhatStaysOpen() {
    assertEquals(
        Map.of(partition, 1L), CommittedEnds.await(connection, consumer, List.of(partition)));
    producer.abortTransaction();
  }

  private static byte[] progress(long steps) {
    return RecordCodec.PROGRESS.encode(
        Progress.newBuilder().setRun("run").setRunSteps(steps).build());
  }
}
