package dev.relive.benchmarks;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.relive.log.LogConnection;
import dev.relive.log.Topic;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.locks.LockSupport;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.errors.WakeupException;

/**
 * The limit of publishing: a large record and a small one in a transaction, twenty times a second,
 * and a consumer that does nothing but wait for the large one.
 */
final class BareTransactions implements AutoCloseable {
  private static final byte[] KEY = "bare".getBytes(UTF_8);
  private static final double NANOS_PER_MILLI = 1e6;
  private static final long BETWEEN = Duration.ofMillis(50).toNanos();

  /** The parameters of the usual network, and a Progress. */
  private static final int POLICY_BYTES = 4 * BareLoop.NETWORK.parameterCount();

  private static final int PROGRESS_BYTES = 300;

  private final ProducerRecord<byte[], byte[]> policy;
  private final ProducerRecord<byte[], byte[]> progress;
  private final KafkaProducer<byte[], byte[]> producer;
  private final KafkaConsumer<ByteBuffer, ByteBuffer> consumer;
  private final BlockingQueue<Long> arrivals = new LinkedBlockingQueue<>();
  private final Thread thread = new Thread(this::consume, "bare-consumer");

  private BareTransactions(LogConnection connection, Topic policies, Topic progresses) {
    policy = new ProducerRecord<>(policies.name(), 0, KEY, new byte[POLICY_BYTES]);
    progress = new ProducerRecord<>(progresses.name(), 0, KEY, new byte[PROGRESS_BYTES]);
    producer = BareClients.transactional(connection, "bare");
    consumer = BareClients.committed(connection);
  }

  /** Through these topics, beside what others write there. */
  static BareTransactions open(LogConnection connection, Topic policies, Topic progresses) {
    BareTransactions opened = new BareTransactions(connection, policies, progresses);
    opened.producer.initTransactions();
    List<TopicPartition> partition = List.of(new TopicPartition(policies.name(), 0));
    opened.consumer.assign(partition);
    opened.consumer.seekToEnd(partition);
    opened.consumer.position(partition.get(0));
    opened.thread.start();
    return opened;
  }

  /** How long each of some transactions took, from its beginning to its arrival, in ms. */
  double[] millis(int transactions) throws InterruptedException {
    double[] millis = new double[transactions];
    for (int i = 0; i < transactions; i++) {
      long began = System.nanoTime();
      producer.beginTransaction();
      var unused = producer.send(policy);
      var unused2 = producer.send(progress);
      producer.flush(); // else the commit may leave out its last record
      producer.commitTransaction();
      millis[i] = (arrivals.take() - began) / NANOS_PER_MILLI;
      LockSupport.parkNanos(began + BETWEEN - System.nanoTime());
    }
    return millis;
  }

  private void consume() {
    ByteBuffer key = ByteBuffer.wrap(KEY);
    try {
      while (true) {
        for (ConsumerRecord<ByteBuffer, ByteBuffer> record : consumer.poll(Duration.ofSeconds(1))) {
          if (key.equals(record.key())) {
            arrivals.add(System.nanoTime());
          }
        }
      }
    } catch (WakeupException e) {
      consumer.close();
    }
  }

  @Override
  public void close() {
    consumer.wakeup();
    producer.close();
  }
}
