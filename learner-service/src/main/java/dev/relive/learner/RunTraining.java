package dev.relive.learner;

import dev.relive.agents.DivergedException;
import dev.relive.learner.LearnerConfig.OnStop;
import dev.relive.log.RunPublisher;
import dev.relive.log.SegmentRecord;
import dev.relive.log.wire.RunVerdict;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.LongSupplier;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import reactor.core.Disposable;
import reactor.core.Disposables;
import reactor.core.publisher.Flux;
import reactor.core.scheduler.Scheduler;
import reactor.core.scheduler.Schedulers;

/**
 * A run's pipeline at work until the run ends: its steps are spent, an evaluator finds it solved,
 * it fails, or it is closed. Segments come and the run ends on one thread; another repeats Progress
 * while nothing happens.
 */
final class RunTraining implements AutoCloseable {
  private static final Logger LOG = LoggerFactory.getLogger(RunTraining.class);
  private static final long HEARTBEAT_MILLIS = 250;

  private final String run;
  private final LearnerPipeline pipeline;
  private final RunPublisher publisher;
  private final OnStop onStop;
  private final WaitingTime waiting;
  private final Scheduler training = Schedulers.newSingle("relive-train", true);
  private final Scheduler heart = Schedulers.newSingle("relive-heartbeat", true);
  private final Disposable.Composite subscriptions = Disposables.composite();
  private final CompletableFuture<Void> completion = new CompletableFuture<>();
  private final CompletableFuture<Void> ended = new CompletableFuture<>();
  private final AtomicReference<@Nullable Runnable> wantedEnd = new AtomicReference<>();
  private volatile boolean diverged;
  private boolean ending; // on the training thread

  /**
   * @param nanoTime a monotonic clock in nanoseconds
   */
  RunTraining(
      String run,
      LearnerPipeline pipeline,
      RunPublisher publisher,
      OnStop onStop,
      LongSupplier nanoTime) {
    this.run = run;
    this.pipeline = pipeline;
    this.publisher = publisher;
    this.onStop = onStop;
    this.waiting = new WaitingTime(nanoTime);
  }

  /**
   * Begins to train.
   *
   * @param records the run's segments in order
   * @param end why the run has ended when they complete
   * @param prefetch segments held ahead of training
   * @param verdicts what evaluators say that ends the run
   */
  void start(Flux<SegmentRecord> records, String end, int prefetch, Flux<RunVerdict> verdicts) {
    subscriptions.add(training.schedule(this::endIfFinished)); // one restored may be
    subscriptions.add(
        heart.schedulePeriodically(
            this::heartbeat, HEARTBEAT_MILLIS, HEARTBEAT_MILLIS, TimeUnit.MILLISECONDS));
    subscriptions.add(
        records.publishOn(training, prefetch).subscribe(this::accept, this::fail, () -> end(end)));
    subscriptions.add(
        verdicts.subscribe(
            verdict -> endSoon(() -> solved(verdict)), failure -> endSoon(() -> fail(failure))));
    var unused = publisher.ended().whenComplete(this::publishingEnded);
  }

  /** Completes when the run has ended, exceptionally when it cannot go on. */
  CompletableFuture<Void> completion() {
    return completion.copy();
  }

  /** Time that training has waited for segments, the wait under way included. */
  double waitedSeconds() {
    return waiting.seconds();
  }

  /** Whether the run has failed because its gradient was not finite. */
  boolean hasDiverged() {
    return diverged;
  }

  /**
   * Ends the run on the training thread after the segment that it is at. As long as segments wait,
   * that thread takes up no other task.
   *
   * @param end how; only the first one counts
   */
  private void endSoon(Runnable end) {
    if (wantedEnd.compareAndSet(null, end) && !training.isDisposed()) {
      var unused = training.schedule(this::endIfWanted);
    }
  }

  private void endIfWanted() {
    Runnable end = wantedEnd.get();
    if (end != null) {
      end.run();
    }
  }

  private void accept(SegmentRecord record) {
    endIfWanted();
    if (ending) {
      return;
    }
    waiting.ends();
    try {
      pipeline.accept(record);
      endIfFinished();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      fail(e);
    } catch (RuntimeException | Error e) {
      // Reactor passes some errors to nobody, who would wait for ever.
      fail(e);
    }
    waiting.begins();
  }

  private void endIfFinished() {
    if (pipeline.finished()) {
      end("its " + pipeline.state().runSteps() + " steps are spent");
    }
  }

  private void solved(RunVerdict verdict) {
    end("solved by version " + verdict.getVersion());
  }

  /** What is published before the learner ends. */
  @FunctionalInterface
  private interface LastWords {
    void publish() throws InterruptedException;
  }

  private void endByUser() {
    if (onStop == OnStop.LEAVE) {
      finish(pipeline::leave, "is left to its next learner");
    } else {
      end("stopped by its user");
    }
  }

  /** On the training thread: publishes the last weights and says why the run ended. */
  private void end(String reason) {
    finish(() -> pipeline.end(reason), "has ended: " + reason);
  }

  private void finish(LastWords lastWords, String what) {
    if (ending) {
      return;
    }
    stop();
    try {
      lastWords.publish();
      publisher.flush();
      LOG.info("Run {} {}", run, what);
      completion.complete(null);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      completion.completeExceptionally(e);
    } catch (RuntimeException | Error e) {
      completion.completeExceptionally(e);
    } finally {
      ended.complete(null);
    }
  }

  /** On the training thread: the run's state says why, if there is anybody to say it to. */
  private void fail(Throwable failure) {
    if (ending) {
      return;
    }
    diverged = failure instanceof DivergedException;
    stop();
    try {
      pipeline.fail(String.valueOf(failure.getMessage()));
      publisher.flush();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    } catch (RuntimeException | Error e) {
      // A learner that was replaced, or has no Kafka any more, can say nothing.
      if (e != failure) {
        failure.addSuppressed(e);
      }
    }
    completion.completeExceptionally(failure);
    ended.complete(null);
  }

  private void stop() {
    ending = true;
    subscriptions.dispose();
    heart.dispose();
  }

  private void heartbeat() {
    try {
      pipeline.heartbeat();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    } catch (RuntimeException | Error e) {
      endSoon(() -> fail(e));
    }
  }

  private void publishingEnded(@Nullable Void nothing, @Nullable Throwable failure) {
    if (failure != null) {
      endSoon(() -> fail(failure));
    }
  }

  /** Ends the run as stopped by its user, or leaves it, unless it has ended. */
  @Override
  public void close() {
    endSoon(this::endByUser);
    try {
      ended.get();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    } catch (ExecutionException e) {
      throw new IllegalStateException("The end of training cannot fail.", e);
    }
    training.dispose();
  }
}
