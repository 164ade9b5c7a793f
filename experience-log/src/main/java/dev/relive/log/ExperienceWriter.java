package dev.relive.log;

import java.time.Duration;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.reactivestreams.Publisher;
import reactor.core.CoreSubscriber;
import reactor.core.publisher.Flux;
import reactor.core.scheduler.Scheduler;
import reactor.core.scheduler.Schedulers;

/**
 * Writes segments to one partition of a stream, in order, and tells what is in the log. Idempotent:
 * no retry of Kafka's client duplicates or reorders.
 */
public final class ExperienceWriter implements AutoCloseable {
  private static final Duration CLOSING = Duration.ofSeconds(1);

  private final SegmentTarget target;
  private final WriterSettings settings;
  private final KafkaProducer<byte[], byte[]> producer;
  private final ClientObserver.Observation observation;
  private final Scheduler scheduler = Schedulers.newSingle("relive-acknowledge", true);
  private final WriterCounters counters = new WriterCounters();

  private ExperienceWriter(
      SegmentTarget target,
      WriterSettings settings,
      KafkaProducer<byte[], byte[]> producer,
      ClientObserver observer) {
    this.target = target;
    this.settings = settings;
    this.producer = producer;
    this.observation = observer.opened(producer);
  }

  /**
   * A writer to a partition of a topic that exists.
   *
   * @throws LogException if no broker answers, or the topic has no such partition
   */
  public static ExperienceWriter open(
      LogConnection connection, Topic topic, int partition, WriterSettings settings) {
    int largestRecord;
    try (LogAdmin admin = LogAdmin.open(connection)) {
      admin.requirePartition(topic, partition);
      largestRecord = Math.min(admin.largestRecord(topic), LogConnection.LARGEST_RECORD);
    }
    return new ExperienceWriter(
        new SegmentTarget(topic.name(), partition, largestRecord),
        settings,
        connection.throughputProducer(settings),
        connection.observer());
  }

  /**
   * Writes what is published, and says of each segment when it is in the log, in the order of
   * sending. The first goes alone, then at most the settings' window is in flight; beyond it
   * nothing is requested from {@code segments}. A segment is encoded on the thread that publishes
   * it and may be reused afterwards; acknowledgements come on a thread of the writer's own. When
   * {@code segments} completes, everything is flushed and acknowledged before the flux completes.
   *
   * <p>Ends with {@link SegmentsInDoubtException} when Kafka gives no acknowledgement in time, and
   * with {@link LogException} for a segment that no record can hold; what was sent before it is
   * acknowledged first.
   */
  public Flux<Acknowledgement> write(Publisher<Segment> segments) {
    return new Flux<>() {
      @Override
      public void subscribe(CoreSubscriber<? super Acknowledgement> subscriber) {
        segments.subscribe(
            new SendWindow(target, settings, producer, scheduler, counters, subscriber));
      }
    };
  }

  /** What has been written so far. */
  public WriterCounters counters() {
    return counters;
  }

  /** Gives what is in flight the delivery timeout to arrive. */
  @Override
  public void close() {
    observation.close();
    producer.close(settings.deliveryTimeout().plus(CLOSING));
    scheduler.disposeGracefully().block(CLOSING);
  }
}
