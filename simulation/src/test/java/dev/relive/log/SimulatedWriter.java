package dev.relive.log;

import java.util.function.Consumer;
import org.apache.kafka.clients.producer.Producer;
import org.jspecify.annotations.Nullable;
import org.reactivestreams.Subscription;
import reactor.core.CoreSubscriber;
import reactor.core.scheduler.Schedulers;

/** An {@link ExperienceWriter}'s window, as it is, without threads. */
public final class SimulatedWriter {
  private final SendWindow window;
  private long wanted;
  private boolean ended;
  private @Nullable Throwable failure;

  /**
   * A writer to a topic's only partition.
   *
   * @param acknowledged hears what is in the log
   */
  public SimulatedWriter(
      Producer<byte[], byte[]> client,
      Topic topic,
      WriterSettings settings,
      Consumer<Acknowledgement> acknowledged) {
    SegmentTarget target = new SegmentTarget(topic.name(), 0, LogConnection.LARGEST_RECORD);
    window =
        new SendWindow(
            target,
            settings,
            client,
            Schedulers.immediate(),
            new WriterCounters(),
            new Outcome(acknowledged));
    window.onSubscribe(
        new Subscription() {
          @Override
          public void request(long n) {
            wanted += n;
          }

          @Override
          public void cancel() {
            wanted = 0;
          }
        });
  }

  private final class Outcome implements CoreSubscriber<Acknowledgement> {
    private final Consumer<Acknowledgement> acknowledged;

    Outcome(Consumer<Acknowledgement> acknowledged) {
      this.acknowledged = acknowledged;
    }

    @Override
    public void onSubscribe(Subscription subscription) {
      subscription.request(Long.MAX_VALUE);
    }

    @Override
    public void onNext(Acknowledgement acknowledgement) {
      acknowledged.accept(acknowledgement);
    }

    @Override
    public void onError(Throwable why) {
      failure = why;
      ended = true;
    }

    @Override
    public void onComplete() {
      ended = true;
    }
  }

  /** Whether it takes a segment now. */
  public boolean wantsMore() {
    return wanted > 0;
  }

  /** Sends a segment. */
  public void write(Segment segment) {
    wanted--;
    window.onNext(segment);
  }

  /** Nothing more comes. */
  public void complete() {
    window.onComplete();
  }

  /** Whether everything is acknowledged after {@link #complete}, or something never will be. */
  public boolean hasEnded() {
    return ended;
  }

  /** Why it ended; null where all is well. */
  public @Nullable Throwable failure() {
    return failure;
  }
}
