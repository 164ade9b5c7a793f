package dev.relive.simulation;

import static java.util.Objects.requireNonNull;

import dev.relive.log.SimulatedFeed;
import dev.relive.log.wire.Evaluation;
import dev.relive.log.wire.Policy;
import dev.relive.log.wire.Position;
import dev.relive.log.wire.Progress;
import dev.relive.log.wire.RunState;
import dev.relive.log.wire.Snapshot;
import dev.relive.simulation.kafka.SimulatedRecord;
import dev.relive.simulation.kafka.SimulatedTransaction;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.NavigableMap;
import java.util.Set;
import java.util.TreeMap;

/** Reads every transaction as it is committed, and holds it against all before. */
final class Commits {
  private final RunFacts run;
  private final SimulatedFeed<Policy> policies;
  private final SimulatedFeed<Snapshot> snapshots;
  private final SimulatedFeed<Progress> progress;
  private final SimulatedFeed<Evaluation> evaluations;
  private final SimulatedFeed<RunState> states;
  private final Set<Long> versions = new HashSet<>();
  private final Set<String> evaluated = new HashSet<>();

  /** Versions of the snapshots by the run's steps when they were made. */
  private final TreeMap<Long, Long> kept = new TreeMap<>();

  /** Who committed as which generation. */
  private final Map<Long, Object> generations = new HashMap<>();

  private Progress newest = Progress.getDefaultInstance();
  private Position policyAt = Position.getDefaultInstance();
  private Position snapshotAt = Position.getDefaultInstance();
  private Position checkpointAt = Position.getDefaultInstance();
  private long policyVersion;
  private long snapshotVersion;
  private boolean runHasEnded;

  Commits(RunFacts run) {
    this.run = run;
    policies = run.policies();
    snapshots = run.snapshots();
    progress = run.progress();
    evaluations = run.evaluations();
    states = run.states();
  }

  void committed(SimulatedTransaction transaction) {
    boolean partsBegun = false;
    for (SimulatedRecord record : transaction.records()) {
      String topic = record.topic();
      if (topic.equals(run.policyTopic())) {
        policy(record, requireNonNull(policies.read(record)));
      } else if (topic.equals(run.snapshotTopic())) {
        snapshot(record, requireNonNull(snapshots.read(record)));
      } else if (topic.equals(run.checkpointTopic())) {
        checkpointAt = partsBegun ? checkpointAt : position(record);
        partsBegun = true;
      } else if (topic.equals(run.progressTopic())) {
        progress(requireNonNull(progress.read(record)), transaction.client());
      } else if (topic.equals(run.runTopic())) {
        RunState state = states.read(record);
        runHasEnded = state == null ? runHasEnded : RunFacts.hasEnded(state);
      } else if (topic.equals(run.evaluationTopic())) {
        evaluation(requireNonNull(evaluations.read(record)));
      }
    }
    checkNames();
  }

  private static Position position(SimulatedRecord record) {
    return Position.newBuilder().setTopic(record.topic()).setOffset(record.offset()).build();
  }

  private void policy(SimulatedRecord record, Policy policy) {
    Invariant.VERSIONS_INCREASE.require(
        policy.getVersion() > policyVersion,
        () -> "policy %d follows policy %d".formatted(policy.getVersion(), policyVersion));
    policyVersion = policy.getVersion();
    versions.add(policyVersion);
    policyAt = position(record);
  }

  private void snapshot(SimulatedRecord record, Snapshot snapshot) {
    Invariant.VERSIONS_INCREASE.require(
        snapshot.getVersion() > snapshotVersion,
        () -> "snapshot %d follows snapshot %d".formatted(snapshot.getVersion(), snapshotVersion));
    Invariant.SNAPSHOTS_HAVE_PARENTS.requireSame(
        snapshotVersion,
        snapshot.getParentVersion(),
        () -> "parent of snapshot " + snapshot.getVersion());
    snapshotVersion = snapshot.getVersion();
    snapshotAt = position(record);
    kept.put(snapshot.getRunSteps(), snapshot.getVersion());
  }

  private void progress(Progress next, Object client) {
    Object owner = generations.putIfAbsent(next.getGeneration(), client);
    Invariant.ONE_LEARNER.require(
        owner == null || owner == client,
        () -> "two learners commit as generation %d".formatted(next.getGeneration()));
    Invariant.ONE_LEARNER.requireSame(
        newest.getOrdinal() + 1,
        next.getOrdinal(),
        () -> "publication after " + newest.getOrdinal());
    Invariant.ONE_LEARNER.require(
        next.getGeneration() >= newest.getGeneration(),
        () ->
            "generation %d commits after generation %d"
                .formatted(next.getGeneration(), newest.getGeneration()));
    newest = next;
  }

  private void checkNames() {
    Invariant names = Invariant.PROGRESS_NAMES_WHAT_IS_THERE;
    names.requireSame(policyVersion, newest.getPolicyVersion(), () -> "policy in Progress");
    names.requireSame(snapshotVersion, newest.getSnapshotVersion(), () -> "snapshot in Progress");
    names.require(
        newest.getPolicy().equals(policyAt)
            && newest.getSnapshot().equals(snapshotAt)
            && newest.getCheckpoint().equals(checkpointAt),
        () -> "Progress %d points elsewhere".formatted(newest.getOrdinal()));
    names.require(
        newest.getRequiredPolicyVersion() <= newest.getPolicyVersion(),
        () ->
            "version %d is required, and %d is there"
                .formatted(newest.getRequiredPolicyVersion(), newest.getPolicyVersion()));
  }

  private void evaluation(Evaluation evaluation) {
    String what = evaluation.getVersion() + (evaluation.getConfirmation() ? " confirmed" : "");
    Invariant.EVALUATED_ONCE.require(
        evaluated.add(what), () -> "version " + what + " is evaluated a second time");
  }

  boolean hasPolicy(long version) {
    return versions.contains(version);
  }

  /** Whether the run's learner says that it ended. */
  boolean runHasEnded() {
    return runHasEnded;
  }

  Progress newest() {
    return newest;
  }

  /** Snapshots by the run's steps. */
  NavigableMap<Long, Long> kept() {
    return kept;
  }
}
