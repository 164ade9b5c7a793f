package dev.relive.log;

import dev.relive.log.wire.RunSpec;
import dev.relive.log.wire.RunState;
import dev.relive.log.wire.RunVerdict;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicReference;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.common.IsolationLevel;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.TopicPartition;
import org.jspecify.annotations.Nullable;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;

/**
 * The runs of a log: what they are and where they stand. A run's learner writes where it stands
 * with everything else it publishes, see {@link Publication}.
 */
public final class RunRegistry implements AutoCloseable {
  private final LogConnection connection;
  private final Topic topic;
  private final RecordProducer producer;
  private final RejectionCounters rejected = new RejectionCounters();

  /** The registry in the runs topic, which must exist. */
  public RunRegistry(LogConnection connection) {
    this.connection = connection;
    this.topic = connection.topics().runs();
    this.producer = new RecordProducer(connection);
  }

  /**
   * Writes what a run is, once.
   *
   * @throws LogException if there is such a run already
   */
  public void create(RunSpec spec) {
    SegmentKey.requireName("run", spec.getRun());
    if (runs().stream().anyMatch(run -> run.id().equals(spec.getRun()))) {
      throw new LogException("There is a run '%s' already.".formatted(spec.getRun()));
    }
    producer.write(topic, 0, spec.getRun() + "/spec", RecordCodec.RUN_SPEC.encode(spec));
  }

  /** Writes where a run stands that no learner has; a learner publishes it with everything else. */
  void setState(RunState state) {
    producer.write(topic, 0, state.getRun() + "/state", RecordCodec.RUN_STATE.encode(state));
  }

  /** Writes that a run is solved; only an evaluator may. */
  public void setVerdict(RunVerdict verdict) {
    producer.write(
        topic, 0, verdict.getRun() + "/verdict", RecordCodec.RUN_VERDICT.encode(verdict));
  }

  /** All runs there are now, oldest first. */
  public List<Run> runs() {
    RunTable table = new RunTable(rejected);
    try (KafkaConsumer<ByteBuffer, ByteBuffer> consumer =
        connection.consumer(IsolationLevel.READ_COMMITTED)) {
      TopicPartition partition = new TopicPartition(topic.name(), 0);
      PartitionScan scan = new PartitionScan(consumer, partition);
      long end = PartitionScan.logEnd(connection, partition);
      scan.read(scan.begin(), end, record -> table.apply(record.key(), record.value()));
    } catch (KafkaException e) {
      throw LogException.during("Reading topic " + topic.name(), e);
    }
    return table.runs();
  }

  /**
   * The run with an id, else the only one with it as its label.
   *
   * @throws LogException if there is none, or several have the label
   */
  public Run find(String idOrLabel) {
    return now(RunChoice.of(idOrLabel));
  }

  /**
   * The run with an id, else the only one with it as its label; empty where there is none.
   *
   * @throws LogException if several have the label
   */
  public Optional<Run> seek(String idOrLabel) {
    return RunChoice.of(idOrLabel).among(runs());
  }

  /**
   * The only active run.
   *
   * @throws LogException if none is active, or several are
   */
  public Run onlyActive() {
    return now(RunChoice.onlyActive());
  }

  private Run now(RunChoice choice) {
    List<Run> runs = runs();
    return choice.among(runs).orElseThrow(() -> choice.none(runs));
  }

  /**
   * Waits for a run to be there, whatever its phase, or for one to be active where none is named.
   * Ends with {@link LogException} when several are meant, or none came in time.
   *
   * @param idOrLabel the run; null for the only active one
   */
  public Mono<Run> await(@Nullable String idOrLabel, Duration timeout) {
    return await(idOrLabel == null ? RunChoice.onlyActive() : RunChoice.of(idOrLabel), timeout);
  }

  /**
   * Waits as {@link #await} does, but where no run is named for the only active one that has
   * experience of its own.
   */
  public Mono<Run> awaitForProducer(@Nullable String idOrLabel, Duration timeout) {
    return await(RunChoice.forProducers(idOrLabel), timeout);
  }

  private Mono<Run> await(RunChoice choice, Duration timeout) {
    return Mono.defer(
        () -> {
          AtomicReference<@Nullable List<Run>> seen = new AtomicReference<>();
          return watchAll()
              .doOnNext(seen::set)
              .mapNotNull(runs -> choice.among(runs).orElse(null))
              .next()
              .timeout(timeout, Mono.error(() -> none(choice, seen.get(), timeout)));
        });
  }

  /**
   * @param seen null where the runs were not read yet
   */
  private static LogException none(RunChoice choice, @Nullable List<Run> seen, Duration timeout) {
    return seen == null
        ? new LogException(
            "The log's runs could not be read within %d ms.".formatted(timeout.toMillis()))
        : choice.none(seen);
  }

  /**
   * A run now and at every change; nothing until it exists. Ends with {@link LogException} when it
   * is deleted.
   */
  public Flux<Run> watch(String id) {
    return Flux.defer(
        () -> {
          AtomicBoolean seen = new AtomicBoolean();
          return watchAll()
              .<Run>handle(
                  (runs, sink) -> {
                    Optional<Run> run = runs.stream().filter(r -> r.id().equals(id)).findFirst();
                    if (run.isPresent()) {
                      seen.set(true);
                      sink.next(run.get());
                    } else if (seen.get()) {
                      sink.error(new LogException("Run %s was deleted.".formatted(id)));
                    }
                  })
              .distinctUntilChanged();
        });
  }

  /** All runs now and after every change; changes that come together are told together. */
  public Flux<List<Run>> watchAll() {
    return PollLoop.flux(
        topic.name(),
        connection,
        IsolationLevel.READ_COMMITTED,
        () -> new TableTask(topic, rejected));
  }

  /** Records of the topic that could not be used. */
  public RejectionCounters rejected() {
    return rejected;
  }

  @Override
  public void close() {
    producer.close();
  }
}
