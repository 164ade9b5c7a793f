package dev.relive.log;

import com.google.protobuf.Message;
import dev.relive.log.wire.Evaluation;
import dev.relive.log.wire.Policy;
import dev.relive.log.wire.Progress;
import dev.relive.log.wire.Snapshot;
import org.apache.kafka.common.IsolationLevel;
import reactor.core.publisher.Flux;

/**
 * What the learner and the evaluator of a run publish, committed records only. Every flux has a
 * thread of its own and, unless it tells what there is now, lasts as long as its subscriber.
 * Records that cannot be used are counted and skipped.
 */
public final class RunFeeds {
  private final LogConnection connection;
  private final TopicCatalogue topics;
  private final RejectionCounters rejected = new RejectionCounters();

  /** The feeds of a log whose topics exist. */
  public RunFeeds(LogConnection connection) {
    this.connection = connection;
    this.topics = connection.topics();
  }

  /**
   * The newest policy of a run, then every newer one. A subscriber that is slower than they come
   * sees only the newest; a {@code publishOn} behind it must prefetch 1, or it would queue them.
   */
  public Flux<Policy> policies(String run) {
    return newest(
        topics.policies(),
        RunRecords.keyedByRun(run, RecordCodec.POLICY, Policy::getRun, rejected));
  }

  /** The newest Progress of a run, then every newer one, conflated as {@link #policies}. */
  public Flux<Progress> progress(String run) {
    return newest(
        topics.progress(),
        RunRecords.keyedByRun(run, RecordCodec.PROGRESS, Progress::getRun, rejected));
  }

  /** Every snapshot of a run whose version is at least {@code fromVersion}, old and to come. */
  public Flux<Snapshot> snapshots(String run, long fromVersion) {
    return every(topics.snapshots(), snapshotsOf(run), true)
        .filter(snapshot -> snapshot.getVersion() >= fromVersion);
  }

  /** Every snapshot of a run that is committed now, in log order. */
  public Flux<Snapshot> snapshotsNow(String run) {
    return every(topics.snapshots(), snapshotsOf(run), false);
  }

  /** Every evaluation of a run, old and to come. */
  public Flux<Evaluation> evaluations(String run) {
    return every(
        topics.evaluations(),
        RunRecords.keyedByRun(run, RecordCodec.EVALUATION, Evaluation::getRun, rejected),
        true);
  }

  /** Records of the feeds' topics that could not be used. */
  public RejectionCounters rejected() {
    return rejected;
  }

  private RunRecords<Snapshot> snapshotsOf(String run) {
    return RunRecords.keyedUnderRun(run, RecordCodec.SNAPSHOT, Snapshot::getRun, rejected);
  }

  private <T extends Message> Flux<T> newest(Topic topic, RunRecords<T> records) {
    return PollLoop.<T>flux(
            topic.name(),
            connection,
            IsolationLevel.READ_COMMITTED,
            () -> new NewestRecordTask<>(topic, records))
        .onBackpressureLatest();
  }

  private <T extends Message> Flux<T> every(Topic topic, RunRecords<T> records, boolean live) {
    return PollLoop.flux(
        topic.name(),
        connection,
        IsolationLevel.READ_COMMITTED,
        () -> new EveryRecordTask<>(topic, records, live));
  }
}
