package dev.relive.log;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.google.protobuf.Message;
import dev.relive.log.wire.Evaluation;
import dev.relive.log.wire.Policy;
import dev.relive.log.wire.Progress;
import dev.relive.log.wire.RunState;
import dev.relive.log.wire.RunVerdict;
import dev.relive.log.wire.Snapshot;
import dev.relive.simulation.kafka.SimulatedKafka;
import dev.relive.simulation.kafka.SimulatedRecord;
import dev.relive.simulation.kafka.SimulatedTopic;
import java.util.Arrays;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/** A reader of committed records of one run and kind, who sees the newest of what it fetches. */
public final class SimulatedFeed<T extends Message> {
  private final SimulatedTopic topic;
  private final Function<SimulatedRecord, @Nullable T> read;
  private boolean uncommitted;
  private long position;

  private SimulatedFeed(SimulatedTopic topic, Function<SimulatedRecord, @Nullable T> read) {
    this.topic = topic;
    this.read = read;
  }

  /** The policies of a run. */
  public static SimulatedFeed<Policy> policies(
      SimulatedKafka kafka, TopicCatalogue topics, String run) {
    return byRun(kafka.topic(topics.policies().name()), run, RecordCodec.POLICY, Policy::getRun);
  }

  /** The Progress of a run. */
  public static SimulatedFeed<Progress> progress(
      SimulatedKafka kafka, TopicCatalogue topics, String run) {
    return byRun(
        kafka.topic(topics.progress().name()), run, RecordCodec.PROGRESS, Progress::getRun);
  }

  /** The snapshots of a run. */
  public static SimulatedFeed<Snapshot> snapshots(
      SimulatedKafka kafka, TopicCatalogue topics, String run) {
    return of(
        kafka.topic(topics.snapshots().name()),
        RunRecords.keyedUnderRun(
            run, RecordCodec.SNAPSHOT, Snapshot::getRun, new RejectionCounters()));
  }

  /** The evaluations of a run. */
  public static SimulatedFeed<Evaluation> evaluations(
      SimulatedKafka kafka, TopicCatalogue topics, String run) {
    return byRun(
        kafka.topic(topics.evaluations().name()), run, RecordCodec.EVALUATION, Evaluation::getRun);
  }

  /** Where the learner says that a run stands. */
  public static SimulatedFeed<RunState> states(
      SimulatedKafka kafka, TopicCatalogue topics, String run) {
    return byKey(kafka.topic(topics.runs().name()), run + "/state", RecordCodec.RUN_STATE);
  }

  /** What evaluators find of a run. */
  public static SimulatedFeed<RunVerdict> verdicts(
      SimulatedKafka kafka, TopicCatalogue topics, String run) {
    return byKey(kafka.topic(topics.runs().name()), run + "/verdict", RecordCodec.RUN_VERDICT);
  }

  private static <T extends Message> SimulatedFeed<T> byRun(
      SimulatedTopic topic, String run, RecordCodec<T> codec, Function<T, String> runOf) {
    return of(topic, RunRecords.keyedByRun(run, codec, runOf, new RejectionCounters()));
  }

  private static <T extends Message> SimulatedFeed<T> of(
      SimulatedTopic topic, RunRecords<T> records) {
    return new SimulatedFeed<>(topic, record -> records.decode(record.consumed()));
  }

  private static <T extends Message> SimulatedFeed<T> byKey(
      SimulatedTopic topic, String key, RecordCodec<T> codec) {
    return new SimulatedFeed<>(
        topic,
        record -> {
          try {
            return Arrays.equals(record.key(), key.getBytes(UTF_8))
                ? codec.decode(record.value())
                : null;
          } catch (RejectedRecordException e) {
            throw new AssertionError(e);
          }
        });
  }

  /** The same, of someone who does not ask what is committed. */
  public SimulatedFeed<T> uncommitted() {
    uncommitted = true;
    return this;
  }

  /** Whether there is something to fetch. */
  public boolean hasNews() {
    return position < end();
  }

  /** The message of a record; null where it is another's. */
  public @Nullable T read(SimulatedRecord record) {
    return read.apply(record);
  }

  /** The newest message that has been fetched by then; null where nothing new is there. */
  public @Nullable T poll(long until) {
    T newest = null;
    for (SimulatedRecord record :
        uncommitted ? topic.all(position, until) : topic.committed(position, until)) {
      T message = read.apply(record);
      newest = message == null ? newest : message;
    }
    position = until;
    return newest;
  }

  /** The newest message of all that is committed; null where there is none. */
  public @Nullable T newest() {
    return poll(end());
  }

  /** Where it goes on. */
  public long position() {
    return position;
  }

  /** Goes on elsewhere. */
  public void seek(long offset) {
    position = offset;
  }

  /** How far it could fetch now. */
  public long end() {
    return uncommitted ? topic.end() : topic.stableEnd();
  }
}
