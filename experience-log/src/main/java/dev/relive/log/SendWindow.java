package dev.relive.log;

import java.util.ArrayList;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;
import org.apache.kafka.clients.producer.Producer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.KafkaException;
import org.jspecify.annotations.Nullable;
import org.reactivestreams.Subscription;
import reactor.core.CoreSubscriber;
import reactor.core.publisher.Operators;
import reactor.core.scheduler.Scheduler;
import reactor.util.context.Context;

/**
 * Between a publisher of segments and the subscriber to their acknowledgements: sends each segment
 * as it comes, and asks for more as acknowledgements are passed on, so that the window is never
 * exceeded.
 *
 * <p>Three threads meet here. The publisher's encodes and sends. Kafka's I/O thread only queues the
 * outcome. The worker passes outcomes on and requests more, so that neither the publisher nor the
 * subscriber ever runs on Kafka's thread.
 */
final class SendWindow implements CoreSubscriber<Segment>, Subscription {
  private final SegmentTarget target;
  private final WriterSettings settings;
  private final Producer<byte[], byte[]> producer;
  private final Scheduler worker;
  private final WriterCounters counters;
  private final CoreSubscriber<? super Acknowledgement> subscriber;

  // Of the publisher's thread.
  private final SegmentKeys keys = new SegmentKeys();

  // Between threads.
  private final Queue<Sent> outcomes = new ConcurrentLinkedQueue<>();
  private final AtomicLong demand = new AtomicLong();
  private final AtomicLong sentSegments = new AtomicLong();
  private final AtomicLong sentBytes = new AtomicLong();
  private final AtomicInteger wakeups = new AtomicInteger();
  private volatile int largestSegment;
  private volatile boolean sourceEnded;
  private volatile @Nullable Throwable sourceFailure;
  private volatile boolean cancelled;

  // Guards stopped, and every send against it.
  private final Object sending = new Object();
  private boolean stopped;

  // Of the worker.
  private @Nullable Subscription source;
  private long requestedSegments;
  private long settledSegments;
  private long settledBytes;
  private boolean flushed;
  private boolean done;
  private final List<SegmentsInDoubtException.Doubt> doubts = new ArrayList<>();
  private @Nullable Exception deliveryFailure;

  SendWindow(
      SegmentTarget target,
      WriterSettings settings,
      Producer<byte[], byte[]> producer,
      Scheduler worker,
      WriterCounters counters,
      CoreSubscriber<? super Acknowledgement> subscriber) {
    this.target = target;
    this.settings = settings;
    this.producer = producer;
    this.worker = worker;
    this.counters = counters;
    this.subscriber = subscriber;
  }

  /** A segment on its way and, later, its outcome. */
  private static final class Sent {
    private final LaneId lane;
    private final long sequence;
    private final int length;
    private final long actorSteps;
    private final int bytes;
    private final AtomicBoolean settled = new AtomicBoolean();
    private long offset;
    private @Nullable Exception failure;

    Sent(Segment segment, int bytes) {
      this.lane = segment.lane();
      this.sequence = segment.sequence();
      this.length = segment.length();
      this.actorSteps = segment.actorSteps();
      this.bytes = bytes;
    }
  }

  @Override
  public Context currentContext() {
    return subscriber.currentContext();
  }

  @Override
  public void onSubscribe(Subscription subscription) {
    source = subscription;
    subscriber.onSubscribe(this);
    wake();
  }

  @Override
  public void onNext(Segment segment) {
    if (sourceEnded) {
      return;
    }
    try {
      ProducerRecord<byte[], byte[]> record = target.record(keys.of(segment.lane()), segment);
      // Nothing may follow what a failure has named as in doubt.
      synchronized (sending) {
        if (!stopped) {
          send(segment, record);
        }
      }
    } catch (LogException e) {
      end(e);
      stop();
    }
  }

  private void send(Segment segment, ProducerRecord<byte[], byte[]> record) {
    Sent sent = new Sent(segment, record.key().length + record.value().length);
    largestSegment = Math.max(largestSegment, sent.bytes);
    // In this order, and read in the other: the worker never sees room that is not there.
    sentBytes.addAndGet(sent.bytes);
    sentSegments.incrementAndGet();
    counters.sent(sent.length, sent.bytes);
    try {
      var unused =
          producer.send(
              record,
              (metadata, failure) ->
                  settle(sent, metadata == null ? -1 : metadata.offset(), failure));
    } catch (KafkaException | IllegalStateException e) {
      // Closed meanwhile, interrupted, or without a right. In the last case Kafka has taken the
      // record in already and calls back as well, which may come first.
      settle(sent, -1, e);
    }
  }

  private void settle(Sent sent, long offset, @Nullable Exception failure) {
    if (sent.settled.compareAndSet(false, true)) {
      sent.offset = offset;
      sent.failure = failure;
      outcomes.add(sent);
      wake();
    }
  }

  @Override
  public void onError(Throwable failure) {
    end(failure);
  }

  @Override
  public void onComplete() {
    end(null);
  }

  private void end(@Nullable Throwable failure) {
    sourceFailure = failure;
    sourceEnded = true;
    wake();
  }

  @Override
  public void request(long n) {
    if (Operators.validate(n)) {
      demand.accumulateAndGet(n, Operators::addCap);
      wake();
    }
  }

  @Override
  public void cancel() {
    cancelled = true;
    wake();
  }

  private void wake() {
    if (wakeups.getAndIncrement() == 0) {
      try {
        var unused = worker.schedule(this::work);
      } catch (RejectedExecutionException e) {
        // The writer was closed before this flux ended: this is how it ends.
        work();
      }
    }
  }

  private void work() {
    int seen = wakeups.get();
    do {
      if (!done) {
        advance();
      }
      seen = wakeups.addAndGet(-seen);
    } while (seen != 0);
  }

  private void advance() {
    if (cancelled) {
      stop();
      done = true;
      return;
    }
    // Read first: after the end nothing more is sent.
    boolean ended = sourceEnded;
    passOn();
    if (deliveryFailure != null) {
      stop();
      ended = true;
    }
    if (!ended) {
      requestMore();
    } else if (settledSegments == sentSegments.get()) {
      complete();
    } else if (!flushed) {
      // Waits no longer for a batch to fill.
      flushed = true;
      producer.flush();
    }
  }

  private void stop() {
    synchronized (sending) {
      stopped = true;
    }
    if (source != null) {
      source.cancel();
    }
  }

  private void passOn() {
    long wanted = demand.get();
    long passed = 0;
    Sent next = outcomes.peek();
    while (next != null && (next.failure != null || passed < wanted)) {
      outcomes.remove();
      settledSegments++;
      settledBytes += next.bytes;
      if (next.failure == null) {
        counters.acknowledged(next.length, next.bytes);
        passed++;
        subscriber.onNext(acknowledgement(next));
      } else {
        fail(next, next.failure);
      }
      next = outcomes.peek();
    }
    if (wanted != Long.MAX_VALUE) {
      demand.addAndGet(-passed);
    }
  }

  private Acknowledgement acknowledgement(Sent sent) {
    return new Acknowledgement(
        sent.lane, sent.sequence, sent.length, sent.actorSteps, target.partition(), sent.offset);
  }

  private void fail(Sent sent, Exception failure) {
    counters.failed(sent.bytes);
    doubts.add(new SegmentsInDoubtException.Doubt(sent.lane, sent.sequence));
    if (deliveryFailure == null) {
      deliveryFailure = failure;
    }
  }

  /**
   * The first segment goes alone: it tells how large they are, and where a leader that has just
   * been elected refuses a producer's first batch and takes its second, Kafka never takes the
   * first. Then as many are asked for as the window holds.
   */
  private void requestMore() {
    long open = requestedSegments - settledSegments;
    long free = settings.segmentsInFlight() - open;
    long allowed;
    if (settledSegments == 0) {
      allowed = 1 - open;
    } else {
      long inFlight = sentSegments.get() - settledSegments;
      long freeBytes = settings.bytesInFlight() - (sentBytes.get() - settledBytes);
      long unsent = open - inFlight;
      allowed = Math.max(freeBytes / largestSegment - unsent, open == 0 ? 1 : 0);
    }
    long more = Math.min(free, allowed);
    // In portions: a request for every acknowledgement costs more than the segment.
    if (more > 0 && (more >= settings.segmentsInFlight() / 4 || open <= more)) {
      requestedSegments += more;
      if (source != null) {
        source.request(more);
      }
    }
  }

  private void complete() {
    done = true;
    Exception delivery = deliveryFailure;
    Throwable failure =
        delivery == null
            ? sourceFailure
            : WritingRefusedException.of(
                target.topic(), delivery, new SegmentsInDoubtException(doubts, delivery));
    if (failure == null) {
      subscriber.onComplete();
    } else {
      subscriber.onError(failure);
    }
  }
}
