package dev.relive.log;

import static java.util.Objects.requireNonNull;

import dev.relive.log.wire.Progress;
import java.util.Optional;
import java.util.function.UnaryOperator;
import org.apache.kafka.clients.producer.Producer;
import org.jspecify.annotations.Nullable;

/**
 * A {@link RunPublisher}'s queue and transactions, as they are, without its thread: what is handed
 * over is committed when somebody says so.
 */
public final class SimulatedPublisher implements PublicationSink {
  private final TopicCatalogue topics;
  private final String run;
  private final Producer<byte[], byte[]> producer;
  private final UnaryOperator<Publication> passing;
  private final PublisherCounters counters = new PublisherCounters();
  private @Nullable PublicationQueue queue;
  private @Nullable RunTransactions transactions;
  private @Nullable Progress newest;
  private int waitingSnapshots;

  /**
   * A publisher that has not taken its run over.
   *
   * @param passing sees what is handed over, and may change it
   */
  public SimulatedPublisher(
      TopicCatalogue topics,
      String run,
      Producer<byte[], byte[]> producer,
      UnaryOperator<Publication> passing) {
    this.topics = topics;
    this.run = run;
    this.producer = producer;
    this.passing = passing;
  }

  /** The transactional id of a run's learners. */
  public static String transactionalId(String run) {
    return RunTransactions.id("relive", run);
  }

  /** Takes the run over: no older publisher can commit any more. */
  public void fence() {
    transactions = RunTransactions.fencing(run, topics, producer, () -> {}, counters);
  }

  /** Goes on from what was committed last; null for a new run. */
  public void startFrom(@Nullable Progress committed) {
    newest = committed;
    transactions().startFrom(committed);
    queue =
        new PublicationQueue(counters, newest().map(Progress::getRequiredPolicyVersion).orElse(0L));
  }

  private RunTransactions transactions() {
    return requireNonNull(transactions, "the run is not taken over");
  }

  private PublicationQueue queue() {
    return requireNonNull(queue, "the run is not taken over");
  }

  @Override
  public void publish(Publication publication) {
    Publication passed = passing.apply(publication);
    if (!queue().accepts(passed)) {
      throw new AssertionError("a learner would wait here");
    }
    waitingSnapshots += passed.snapshot() == null ? 0 : 1;
    queue().add(passed);
  }

  @Override
  public long generation() {
    return transactions().generation();
  }

  @Override
  public Optional<Progress> newest() {
    return Optional.ofNullable(newest);
  }

  /** Whether something waits to be committed. */
  public boolean isBusy() {
    return queue != null && !queue.isEmpty();
  }

  /** Whether a few more snapshots could be handed over without waiting. */
  public boolean hasRoom() {
    return waitingSnapshots < 2;
  }

  /**
   * Commits the next publication.
   *
   * @throws FencedException if another has taken the run over
   * @throws LogException if it cannot be committed
   */
  public void commitNext() throws InterruptedException {
    Publication next = queue().take();
    if (next != null) {
      waitingSnapshots -= next.snapshot() == null ? 0 : 1;
      transactions().commit(next);
    }
  }
}
