package dev.relive.simulation;

import dev.relive.evaluator.SimulatedJudge;
import dev.relive.log.SimulatedEvaluations;
import dev.relive.log.SimulatedFeed;
import dev.relive.log.wire.Progress;
import dev.relive.log.wire.Snapshot;
import dev.relive.log.wire.SnapshotReason;
import dev.relive.simulation.kafka.SimulatedGroup;
import dev.relive.simulation.kafka.SimulatedRecord;
import dev.relive.simulation.kafka.TransactionalClient;
import java.util.List;
import java.util.Optional;
import org.apache.kafka.clients.consumer.ConsumerGroupMetadata;
import org.apache.kafka.clients.producer.Producer;
import org.jspecify.annotations.Nullable;

/** One start of an evaluator, among others of the run. */
final class EvaluatorProcess extends SimulatedProcess {
  private static final String GROUP = "evaluators";
  private static final String TRANSACTIONS = "evaluation";

  private final World world;
  private final RunFacts run;
  private final Edges edges;
  private final SimulatedGroup group;
  private final SimulatedJudge judge;
  private final SimulatedFeed<Snapshot> snapshots;
  private final List<Task> tasks;
  private @Nullable SimulatedEvaluations transactions;
  private int generation;

  EvaluatorProcess(World world, RunFacts run, Edges edges, int number) {
    super("evaluator (" + number + ")", world);
    this.world = world;
    this.run = run;
    this.edges = edges;
    group = run.kafka().group(GROUP);
    judge = new SimulatedJudge(name(), world.scenario().threshold(), world);
    snapshots = run.snapshots();
    tasks =
        List.of(
            new Task(name() + " taking over", this::isToTakeOver, this::takeOver),
            new Task(name() + " evaluating", this::canEvaluate, this::evaluate));
    group.join(this);
  }

  @Override
  List<Task> tasks() {
    return tasks;
  }

  private boolean isToTakeOver() {
    return group.owner() == this && transactions == null;
  }

  /** Fences first: what the evaluator before committed is complete only then. */
  private void takeOver() {
    Producer<byte[], byte[]> client =
        edges.evaluatorClient(new TransactionalClient(run.kafka(), TRANSACTIONS, this));
    client.initTransactions();
    generation = group.generation();
    snapshots.seek(group.offset() >= 0 ? group.offset() : first());
    transactions = new SimulatedEvaluations(run.topics(), Scenario.RUN, client);
  }

  private long first() {
    if (world.scenario().deterministic()) {
      return 0;
    }
    return Optional.ofNullable(run.progress().newest())
        .filter(Progress::hasSnapshot)
        .map(newest -> newest.getSnapshot().getOffset())
        .orElse(snapshots.end());
  }

  private boolean canEvaluate() {
    return transactions != null && snapshots.hasNews();
  }

  private void evaluate() {
    Snapshot snapshot = next();
    if (snapshot == null || transactions == null) {
      return;
    }
    long passed = snapshots.position();
    SimulatedJudge.Found found = judge.judge(snapshot, () -> run.verdicts().newest() != null);
    if (!transactions.commit(found.evaluations(), found.verdict(), passed, member())) {
      world.note(this + " could not commit");
      transactions = null;
      group.leave(this);
      group.join(this);
    }
  }

  /** Kafka makes these for real members only, and will hide the constructor some day. */
  @SuppressWarnings("removal")
  private ConsumerGroupMetadata member() {
    return new ConsumerGroupMetadata(GROUP, generation, name(), Optional.empty());
  }

  /** The newest, or a final one on the way to it; in a deterministic run the next. */
  private @Nullable Snapshot next() {
    Snapshot newest = null;
    while (snapshots.hasNews()
        && (newest == null
            || !(world.scenario().deterministic() || newest.getReason() == SnapshotReason.FINAL))) {
      Snapshot next = snapshots.poll(snapshots.position() + 1);
      newest = next == null ? newest : next;
    }
    return newest;
  }

  /** Whether the group is past every snapshot. */
  static boolean areDone(RunFacts run) {
    SimulatedFeed<Snapshot> snapshots = run.snapshots();
    long last = -1;
    for (SimulatedRecord record :
        run.kafka().topic(run.snapshotTopic()).committed(0, snapshots.end())) {
      last = record.offset();
    }
    return run.kafka().group(GROUP).offset() > last;
  }

  /** The group misses it at once; and it may have become somebody else's turn. */
  @Override
  void kill() {
    super.kill();
    group.leave(this);
  }
}
