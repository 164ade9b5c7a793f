package dev.relive.log;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.time.Duration;
import java.util.concurrent.Future;
import org.apache.kafka.clients.producer.Callback;
import org.apache.kafka.clients.producer.MockProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.clients.producer.RecordMetadata;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.errors.ClusterAuthorizationException;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.junit.jupiter.api.Test;
import reactor.core.CoreSubscriber;
import reactor.core.publisher.Flux;
import reactor.test.StepVerifier;
import reactor.test.scheduler.VirtualTimeScheduler;

class SendWindowTest {

  /** As a Kafka client without the right to write at times does, once it has taken the record. */
  private static final class RefusingTwice extends MockProducer<byte[], byte[]> {
    RefusingTwice() {
      super(false, null, new ByteArraySerializer(), new ByteArraySerializer());
    }

    @Override
    public synchronized Future<RecordMetadata> send(
        ProducerRecord<byte[], byte[]> record, Callback callback) {
      ClusterAuthorizationException refusal = new ClusterAuthorizationException("no");
      callback.onCompletion(null, refusal);
      throw new KafkaException("in an error state", refusal);
    }
  }

  @Test
  void whatKafkaRefusesByAnExceptionAndByACallbackIsInDoubtOnce() {
    VirtualTimeScheduler worker = VirtualTimeScheduler.create();
    WriterCounters counters = new WriterCounters();
    try (RefusingTwice kafka = new RefusingTwice()) {
      Flux<Segment> source = Flux.fromIterable(TestSegments.of("run", "actor", 0, 9));
      Flux<Acknowledgement> written =
          new Flux<>() {
            @Override
            public void subscribe(CoreSubscriber<? super Acknowledgement> subscriber) {
              SegmentTarget target = new SegmentTarget("topic", 0, LogConnection.LARGEST_RECORD);
              source.subscribe(
                  new SendWindow(
                      target, WriterSettings.DEFAULT, kafka, worker, counters, subscriber));
            }
          };
      StepVerifier.create(written)
          .then(worker::advanceTime)
          .expectErrorSatisfies(
              failure -> assertEquals(1, ((SegmentsInDoubtException) failure).segments().size()))
          .verify(Duration.ofSeconds(20));
    }
    worker.dispose();
    assertEquals(1, counters.segmentsInDoubt());
  }
}
