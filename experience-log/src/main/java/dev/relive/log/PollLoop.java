package dev.relive.log;

import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.Collections;
import java.util.Iterator;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.locks.LockSupport;
import java.util.function.Supplier;
import org.apache.kafka.clients.consumer.CloseOptions;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.clients.consumer.OffsetOutOfRangeException;
import org.apache.kafka.common.IsolationLevel;
import org.apache.kafka.common.errors.InterruptException;
import org.apache.kafka.common.errors.WakeupException;
import org.jspecify.annotations.Nullable;
import org.reactivestreams.Subscription;
import reactor.core.CoreSubscriber;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Operators;

/**
 * One thread that owns one consumer and hands what it reads to one subscriber, on that thread and
 * never more than was asked for. While nothing is asked for it reads nothing, and only polls paused
 * partitions now and then to keep its connections.
 */
final class PollLoop<T> implements Subscription, Runnable {
  private static final Duration LONGEST_POLL = Duration.ofMillis(200);
  private static final long KEEP_ALIVE = TimeUnit.MILLISECONDS.toNanos(500);

  private final String what;
  private final LogConnection connection;
  private final Supplier<KafkaConsumer<ByteBuffer, ByteBuffer>> consumers;
  private final PollTask<T> task;
  private final CoreSubscriber<? super T> subscriber;
  private final AtomicLong requested = new AtomicLong();
  private final Thread thread;
  private volatile boolean cancelled;
  private volatile @Nullable KafkaConsumer<ByteBuffer, ByteBuffer> owned;

  private PollLoop(
      String what,
      LogConnection connection,
      Supplier<KafkaConsumer<ByteBuffer, ByteBuffer>> consumers,
      PollTask<T> task,
      CoreSubscriber<? super T> subscriber) {
    this.what = what;
    this.connection = connection;
    this.consumers = consumers;
    this.task = task;
    this.subscriber = subscriber;
    this.thread = new Thread(this, "relive-read-" + what);
    this.thread.setDaemon(true);
  }

  /**
   * A flux that starts a loop for every subscriber.
   *
   * @param what is read, for the thread's name and for errors
   */
  static <T> Flux<T> flux(
      String what,
      LogConnection connection,
      IsolationLevel isolation,
      Supplier<PollTask<T>> tasks) {
    return flux(what, connection, () -> connection.consumer(isolation), tasks);
  }

  /** The same with consumers of the caller's choice. */
  static <T> Flux<T> flux(
      String what,
      LogConnection connection,
      Supplier<KafkaConsumer<ByteBuffer, ByteBuffer>> consumers,
      Supplier<PollTask<T>> tasks) {
    return new Flux<>() {
      @Override
      public void subscribe(CoreSubscriber<? super T> subscriber) {
        PollLoop<T> loop = new PollLoop<>(what, connection, consumers, tasks.get(), subscriber);
        subscriber.onSubscribe(loop);
        loop.thread.start();
      }
    };
  }

  @Override
  public void request(long n) {
    if (Operators.validate(n)) {
      requested.accumulateAndGet(n, Operators::addCap);
      LockSupport.unpark(thread);
    }
  }

  @Override
  public void cancel() {
    cancelled = true;
    LockSupport.unpark(thread);
    KafkaConsumer<ByteBuffer, ByteBuffer> consumer = owned;
    if (consumer != null) {
      consumer.wakeup();
    }
  }

  @Override
  public void run() {
    if (cancelled) {
      return;
    }
    Throwable failure = null;
    try (OwnedConsumer closing = OwnedConsumer.open(connection, consumers.get())) {
      owned = closing.consumer;
      read(closing.consumer);
    } catch (WakeupException | InterruptException e) {
      // Only cancellation wakes or interrupts this thread.
      cancelled = true;
    } catch (OffsetOutOfRangeException e) {
      failure =
          new LogException(
              "Reading %s cannot go on from %s: the log holds nothing there any more."
                  .formatted(what, e.offsetOutOfRangePartitions()),
              e);
    } catch (RuntimeException | OutOfMemoryError e) {
      // A batch can claim a record of gigabytes, which Kafka's client then asks the heap for.
      failure = e;
    }
    if (cancelled) {
      return;
    }
    if (failure == null) {
      subscriber.onComplete();
    } else {
      subscriber.onError(LogException.during("Reading " + what, failure));
    }
  }

  /** Returns when the task is finished or the subscription cancelled. */
  private void read(KafkaConsumer<ByteBuffer, ByteBuffer> consumer) {
    task.start(consumer);
    Iterator<ConsumerRecord<ByteBuffer, ByteBuffer>> batch = Collections.emptyIterator();
    while (!cancelled) {
      drain(batch);
      if (task.finished()) {
        task.end();
        return;
      }
      if (requested.get() == 0) {
        awaitDemand(consumer);
      } else if (!batch.hasNext()) {
        T item = task.polled(consumer);
        if (item != null) {
          emit(item);
        } else if (!task.finished()) {
          batch = consumer.poll(LONGEST_POLL).iterator();
        }
      }
    }
  }

  private void drain(Iterator<ConsumerRecord<ByteBuffer, ByteBuffer>> batch) {
    while (batch.hasNext() && requested.get() > 0 && !cancelled && !task.finished()) {
      T item = task.record(batch.next());
      if (item != null) {
        emit(item);
      }
    }
  }

  private void emit(T item) {
    subscriber.onNext(item);
    if (requested.get() != Long.MAX_VALUE) {
      requested.decrementAndGet();
    }
  }

  private void awaitDemand(KafkaConsumer<ByteBuffer, ByteBuffer> consumer) {
    LockSupport.parkNanos(this, KEEP_ALIVE);
    if (requested.get() == 0 && !cancelled) {
      consumer.pause(consumer.assignment());
      consumer.poll(Duration.ZERO);
      task.idle(consumer);
      consumer.resume(consumer.assignment());
    }
  }

  /** Closes without waiting: no group has to be left and nothing to be committed. */
  private record OwnedConsumer(
      KafkaConsumer<ByteBuffer, ByteBuffer> consumer, ClientObserver.Observation observation)
      implements AutoCloseable {
    static OwnedConsumer open(
        LogConnection connection, KafkaConsumer<ByteBuffer, ByteBuffer> consumer) {
      return new OwnedConsumer(consumer, connection.observer().opened(consumer));
    }

    @Override
    public void close() {
      observation.close();
      consumer.close(CloseOptions.timeout(Duration.ZERO));
    }
  }
}
