package dev.relive.faults;

import dev.relive.log.wire.ActorProgress;
import dev.relive.log.wire.Evaluation;
import dev.relive.log.wire.Policy;
import dev.relive.log.wire.Progress;
import dev.relive.log.wire.RunPhase;
import dev.relive.log.wire.RunState;
import dev.relive.log.wire.Snapshot;
import java.util.ArrayDeque;
import java.util.HashSet;
import java.util.List;
import java.util.Queue;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** What the learners and evaluators of a run have committed, in the order of the log. */
final class PublicationAccount {
  private final List<String> violations;
  private final Queue<Progress> unchecked = new ArrayDeque<>();
  private @Nullable Progress newest;
  private @Nullable Progress firstOfGeneration;
  private long policyVersion;
  private long policyGeneration;
  private long snapshotVersion;
  private final Set<Long> snapshots = new HashSet<>();
  private final Set<List<Object>> evaluated = new HashSet<>();
  private long evaluations;
  private String lastEvaluator = "";

  /**
   * @param violations gets a sentence for each promise that is broken
   */
  PublicationAccount(List<String> violations) {
    this.violations = violations;
  }

  void add(Progress progress) {
    Progress before = newest == null ? Progress.getDefaultInstance() : newest;
    require(progress.getOrdinal() == before.getOrdinal() + 1, "ordinal", progress, before);
    require(
        progress.getGeneration() == before.getGeneration()
            || progress.getGeneration() == before.getGeneration() + 1,
        "generation",
        progress,
        before);
    require(progress.getPolicyVersion() >= before.getPolicyVersion(), "policy", progress, before);
    require(
        progress.getSnapshotVersion() >= before.getSnapshotVersion(), "snapshot", progress, before);
    require(
        progress.getCheckpointOrdinal() >= before.getCheckpointOrdinal(),
        "checkpoint",
        progress,
        before);
    boolean sameLearner = progress.getGeneration() == before.getGeneration();
    if (sameLearner) {
      require(progress.getRunSteps() >= before.getRunSteps(), "steps", progress, before);
      require(progress.getUpdates() >= before.getUpdates(), "updates", progress, before);
    } else {
      firstOfGeneration = progress;
    }
    newest = progress;
    unchecked.add(progress);
  }

  private void require(boolean condition, String what, Progress progress, Progress before) {
    if (!condition) {
      violations.add(
          "the %s of Progress %d of generation %d does not go on from Progress %d of generation %d"
              .formatted(
                  what,
                  progress.getOrdinal(),
                  progress.getGeneration(),
                  before.getOrdinal(),
                  before.getGeneration()));
    }
  }

  void add(Policy policy) {
    if (policy.getVersion() <= policyVersion) {
      violations.add("policy %d follows %d".formatted(policy.getVersion(), policyVersion));
    }
    if (policy.getGeneration() < policyGeneration) {
      violations.add("policy %d is a zombie's".formatted(policy.getVersion()));
    }
    policyVersion = policy.getVersion();
    policyGeneration = policy.getGeneration();
  }

  void add(Snapshot snapshot) {
    if (snapshot.getVersion() <= snapshotVersion
        || snapshot.getParentVersion() != snapshotVersion) {
      violations.add(
          "snapshot %d of parent %d follows %d"
              .formatted(snapshot.getVersion(), snapshot.getParentVersion(), snapshotVersion));
    }
    snapshotVersion = snapshot.getVersion();
    snapshots.add(snapshotVersion);
  }

  void add(Evaluation evaluation) {
    if (!evaluated.add(
        List.of(evaluation.getVersion(), evaluation.getConfirmation(), evaluation.getGreedy()))) {
      violations.add("version %d is evaluated twice".formatted(evaluation.getVersion()));
    }
    evaluations++;
    lastEvaluator = evaluation.getEvaluator();
  }

  void add(RunState state) {
    if (state.getPhase() != RunPhase.ACTIVE) {
      violations.add("the run is %s: %s".formatted(state.getPhase(), state.getReason()));
    }
  }

  /** Holds what the learners counted against what stands in the log, once all of it is known. */
  void check(ExperienceAccount experience) {
    for (Progress progress = unchecked.poll(); progress != null; progress = unchecked.poll()) {
      check(progress, experience);
    }
    for (List<Object> each : evaluated) {
      if (!snapshots.contains(each.get(0))) {
        violations.add("version %s was evaluated and is no snapshot".formatted(each.get(0)));
      }
    }
  }

  /** Of the segment that a learner is within, some steps may be counted already. */
  private void check(Progress progress, ExperienceAccount experience) {
    int read = experience.segmentsBefore(progress.getNextSegment().getOffset());
    long least = experience.stepsOf(read);
    long most = experience.stepsOf((int) Math.min(read + 1, experience.segments()));
    if (progress.getSegments() != read
        || progress.getRunSteps() < least
        || progress.getRunSteps() > most) {
      violations.add(
          "Progress %d counts %d segments and %d steps before offset %d, where %d and %d to %d stand"
              .formatted(
                  progress.getOrdinal(),
                  progress.getSegments(),
                  progress.getRunSteps(),
                  progress.getNextSegment().getOffset(),
                  read,
                  least,
                  most));
    }
    for (ActorProgress actor : progress.getActorsList()) {
      if (actor.getGaps() != 0 || actor.getDuplicates() != 0) {
        violations.add(
            "Progress %d counts %d gaps and %d duplicates of %s"
                .formatted(
                    progress.getOrdinal(),
                    actor.getGaps(),
                    actor.getDuplicates(),
                    actor.getActor()));
      }
    }
  }

  /** The newest Progress; the default one before there is any. */
  Progress newest() {
    return newest == null ? Progress.getDefaultInstance() : newest;
  }

  /** Updates that the newest generation has made since it began. */
  long updatesOfGeneration() {
    return newest == null || firstOfGeneration == null
        ? 0
        : newest.getUpdates() - firstOfGeneration.getUpdates();
  }

  /** Evaluations in the log. */
  long evaluations() {
    return evaluations;
  }

  /** Who made the last of them. */
  String lastEvaluator() {
    return lastEvaluator;
  }
}
