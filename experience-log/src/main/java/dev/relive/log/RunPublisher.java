package dev.relive.log;

import dev.relive.log.wire.Progress;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.LongSupplier;
import java.util.function.ToLongFunction;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.common.IsolationLevel;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.TopicPartition;
import org.jspecify.annotations.Nullable;

/**
 * Publishes what a run's learner makes, in transactions on a thread of its own, at most {@value
 * #MOST_PER_SECOND} a second, but at once where producers wait for a newer required policy version.
 * What waits is merged: a newer policy or checkpoint replaces an older one, every snapshot is sent.
 *
 * <p>Opening one fences every older publisher of the run: their next commit fails with {@link
 * FencedException}.
 */
public final class RunPublisher implements PublicationSink, AutoCloseable {
  /** The most transactions in a second. */
  public static final int MOST_PER_SECOND = 20;

  private static final long BETWEEN_NANOS = Duration.ofSeconds(1).toNanos() / MOST_PER_SECOND;

  private final String run;
  private final RunTransactions transactions;
  private final @Nullable Progress newest;
  private final long generation;
  private final LongSupplier nanoClock;
  private final PublisherCounters counters;
  private final CompletableFuture<Void> ended = new CompletableFuture<>();
  private final Thread thread;

  private final ReentrantLock lock = new ReentrantLock();
  private final Condition changed = lock.newCondition();
  // Guarded by the lock.
  private final PublicationQueue queue;
  private boolean publishing;
  private boolean closing;
  private @Nullable LogException failure;

  private RunPublisher(
      String run,
      RunTransactions transactions,
      @Nullable Progress newest,
      LongSupplier nanoClock,
      PublisherCounters counters) {
    this.run = run;
    this.transactions = transactions;
    this.newest = newest;
    this.generation = transactions.generation();
    this.nanoClock = nanoClock;
    this.counters = counters;
    this.queue =
        new PublicationQueue(counters, newest == null ? 0 : newest.getRequiredPolicyVersion());
    this.thread = new Thread(this::publishAll, "relive-publish");
    this.thread.setDaemon(true);
  }

  /**
   * Takes the publishing of a run over and reads what was committed last; the topics must exist.
   *
   * @throws LogException if the broker does not answer
   */
  public static RunPublisher open(LogConnection connection, String run) {
    return open(connection, run, System::nanoTime);
  }

  /** Opens with a clock in nanoseconds, by which publications are kept apart. */
  static RunPublisher open(LogConnection connection, String run, LongSupplier nanoClock) {
    PublisherCounters counters = new PublisherCounters();
    RunTransactions transactions =
        RunTransactions.open(new LearnerPlace(connection, run), counters);
    try {
      // Only now is it certain that no older learner changes it.
      Progress newest = committedProgress(connection, run);
      transactions.startFrom(newest);
      RunPublisher publisher = new RunPublisher(run, transactions, newest, nanoClock, counters);
      publisher.thread.start();
      return publisher;
    } catch (RuntimeException e) {
      transactions.close();
      throw e;
    }
  }

  /**
   * The newest Progress of a run that was committed before this call. It may stand behind the
   * beginning of another run's open transaction, or its own may be marked as committed a moment
   * after its learner was told: both are waited for.
   */
  static @Nullable Progress committedProgress(LogConnection connection, String run) {
    long end = PartitionScan.logEnd(connection, progressPartition(connection));
    return newestProgress(connection, run, IsolationLevel.READ_COMMITTED, scan -> end);
  }

  /** The newest Progress of a run that a reader sees now. */
  static @Nullable Progress newestProgress(
      LogConnection connection, String run, IsolationLevel isolation) {
    return newestProgress(connection, run, isolation, PartitionScan::end);
  }

  private static @Nullable Progress newestProgress(
      LogConnection connection,
      String run,
      IsolationLevel isolation,
      ToLongFunction<PartitionScan> end) {
    TopicPartition partition = progressPartition(connection);
    RunRecords<Progress> records =
        RunRecords.keyedByRun(run, RecordCodec.PROGRESS, Progress::getRun, new RejectionCounters());
    try (KafkaConsumer<ByteBuffer, ByteBuffer> consumer = connection.consumer(isolation)) {
      PartitionScan scan = new PartitionScan(consumer, partition);
      return records.newest(scan, end.applyAsLong(scan)).map(Found::value).orElse(null);
    } catch (KafkaException e) {
      throw LogException.during("Reading topic " + partition.topic(), e);
    }
  }

  private static TopicPartition progressPartition(LogConnection connection) {
    return new TopicPartition(connection.topics().progress().name(), 0);
  }

  @Override
  public Optional<Progress> newest() {
    return Optional.ofNullable(newest);
  }

  @Override
  public long generation() {
    return generation;
  }

  @Override
  public void publish(Publication publication) throws InterruptedException {
    lock.lockInterruptibly();
    try {
      requireOpen();
      while (!queue.accepts(publication)) {
        changed.await();
        requireOpen();
      }
      queue.add(publication);
      changed.signalAll();
    } finally {
      lock.unlock();
    }
  }

  /**
   * Returns when everything handed over is committed.
   *
   * @throws LogException if publishing has failed, now or earlier
   */
  public void flush() throws InterruptedException {
    lock.lockInterruptibly();
    try {
      while (failure == null && (publishing || !queue.isEmpty())) {
        changed.await();
      }
      requireNoFailure();
    } finally {
      lock.unlock();
    }
  }

  /** Completes when this is closed, or with the {@link LogException} that ended it before. */
  public CompletableFuture<Void> ended() {
    return ended.copy();
  }

  /** What has been published so far. */
  public PublisherCounters counters() {
    return counters;
  }

  /**
   * Publishes what was handed over, then ends.
   *
   * @throws LogException if publishing has failed, now or earlier
   */
  @Override
  public void close() {
    lock.lock();
    try {
      closing = true;
      changed.signalAll();
    } finally {
      lock.unlock();
    }
    try {
      thread.join();
    } catch (InterruptedException e) {
      thread.interrupt();
      Thread.currentThread().interrupt();
    }
    lock.lock();
    try {
      requireNoFailure();
    } finally {
      lock.unlock();
    }
  }

  private void requireOpen() {
    requireNoFailure();
    if (closing) {
      throw new IllegalStateException("The publisher of run " + run + " is closed.");
    }
  }

  private void requireNoFailure() {
    if (failure != null) {
      throw failure;
    }
  }

  private void publishAll() {
    try {
      Publication next = await(nanoClock.getAsLong());
      while (next != null) {
        long notBefore = nanoClock.getAsLong() + BETWEEN_NANOS;
        transactions.commit(next);
        next = await(notBefore);
      }
      end(null);
    } catch (LogException e) {
      end(e);
    } catch (InterruptedException e) {
      end(new LogException("Publishing run " + run + " was interrupted.", e));
    } catch (RuntimeException | Error e) {
      // Nobody else would hear of an error either, and the learner would wait for ever.
      end(LogException.during("Publishing run " + run, e));
    }
  }

  /** The next publication when its time has come; null when closed and nothing is left. */
  private @Nullable Publication await(long notBefore) throws InterruptedException {
    lock.lockInterruptibly();
    try {
      publishing = false;
      changed.signalAll();
      while (queue.isEmpty() && !closing) {
        changed.await();
      }
      long wait = notBefore - nanoClock.getAsLong();
      while (wait > 0 && !closing && !queue.isUrgent()) {
        var unused = changed.awaitNanos(wait);
        wait = notBefore - nanoClock.getAsLong();
      }
      Publication next = queue.take();
      publishing = next != null;
      changed.signalAll();
      return next;
    } finally {
      lock.unlock();
    }
  }

  private void end(@Nullable LogException why) {
    lock.lock();
    try {
      failure = why;
      closing = true;
      publishing = false;
      changed.signalAll();
    } finally {
      lock.unlock();
    }
    try {
      transactions.close();
    } finally {
      if (why == null) {
        ended.complete(null);
      } else {
        ended.completeExceptionally(why);
      }
    }
  }
}
