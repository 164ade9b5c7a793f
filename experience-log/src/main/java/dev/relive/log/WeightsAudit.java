package dev.relive.log;

import dev.relive.log.Finding.Place;
import dev.relive.log.wire.Policy;
import dev.relive.log.wire.Position;
import dev.relive.log.wire.Progress;
import dev.relive.log.wire.Snapshot;
import dev.relive.log.wire.Tensors;
import java.util.HashSet;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/** Checks the policies and snapshots of a run against one another and against their checksums. */
final class WeightsAudit {
  private final String run;
  private final @Nullable Progress progress;
  private final Function<Tensors, Optional<String>> fault;
  private final Findings findings;
  private final Set<Long> snapshots = new HashSet<>();
  private @Nullable Snapshot lastSnapshot;
  private long policyVersion;
  private boolean policyFound;
  private boolean snapshotFound;

  /**
   * @param progress the newest before reading began; null before the first
   * @param fault what is wrong with tensors, as the end of a sentence; empty where nothing is
   */
  WeightsAudit(
      String run,
      @Nullable Progress progress,
      Function<Tensors, Optional<String>> fault,
      Findings findings) {
    this.run = run;
    this.progress = progress;
    this.fault = fault;
    this.findings = findings;
  }

  /** The run's next policy in log order. */
  void add(Policy policy, Place place) {
    long version = policy.getVersion();
    if (version <= policyVersion) {
      add(
          FindingKind.LINEAGE,
          place,
          "Policy %d of run %s at offset %d comes after policy %d."
              .formatted(version, run, place.offset(), policyVersion));
    }
    policyVersion = Math.max(policyVersion, version);
    // Compaction drops a policy when a newer one is there.
    policyFound |= progress != null && version >= progress.getPolicyVersion();
    check("Policy", version, policy.getWeights(), place);
  }

  /** The run's next snapshot in log order. */
  void add(Snapshot snapshot, Place place) {
    Snapshot before = lastSnapshot;
    lastSnapshot = snapshot.toBuilder().clearWeights().clearPreprocessing().build();
    snapshots.add(snapshot.getVersion());
    snapshotFound |= progress != null && isAt(place, progress.getSnapshot(), snapshot);
    check("Snapshot", snapshot.getVersion(), snapshot.getWeights(), place);
    long parent = before == null ? 0 : before.getVersion();
    if (snapshot.getParentVersion() != parent) {
      add(
          FindingKind.LINEAGE,
          place,
          "Snapshot %d of run %s names snapshot %d as the one before it, and that is %d."
              .formatted(snapshot.getVersion(), run, snapshot.getParentVersion(), parent));
    }
    if (before != null) {
      compare(before, snapshot, place);
    }
  }

  private boolean isAt(Place place, Position position, Snapshot snapshot) {
    return progress != null
        && snapshot.getVersion() == progress.getSnapshotVersion()
        && position.getTopic().equals(place.topic())
        && place.partition() != null
        && position.getPartition() == place.partition()
        && place.offset() != null
        && position.getOffset() == place.offset();
  }

  private void compare(Snapshot before, Snapshot next, Place place) {
    require(next, place, "version", before.getVersion() + 1, next.getVersion());
    require(next, place, "generation", before.getGeneration(), next.getGeneration());
    if (before.getGeneration() == next.getGeneration()) {
      require(next, place, "run steps", before.getRunSteps(), next.getRunSteps());
      require(next, place, "updates", before.getUpdates(), next.getUpdates());
    }
  }

  private void require(Snapshot next, Place place, String what, long least, long value) {
    if (value < least) {
      add(
          FindingKind.LINEAGE,
          place,
          "Snapshot %d of run %s at offset %d has the %s %d after one that makes it at least %d."
              .formatted(next.getVersion(), run, place.offset(), what, value, least));
    }
  }

  private void check(String what, long version, Tensors weights, Place place) {
    fault
        .apply(weights)
        .ifPresent(
            problem ->
                add(
                    FindingKind.WEIGHTS,
                    place,
                    "%s %d of run %s at offset %d of topic %s: %s"
                        .formatted(what, version, run, place.offset(), place.topic(), problem)));
  }

  /**
   * All has been read.
   *
   * @param policiesExpire whether the topic deletes policies after a time
   */
  void end(boolean policiesExpire) {
    if (progress == null) {
      return;
    }
    if (progress.getSnapshotVersion() > 0 && !snapshotFound) {
      add(
          FindingKind.POINTER,
          Place.ofRun(run),
          "Progress of run %s points to snapshot %d at offset %d of partition %d, and it does not stand there."
              .formatted(
                  run,
                  progress.getSnapshotVersion(),
                  progress.getSnapshot().getOffset(),
                  progress.getSnapshot().getPartition()));
    }
    if (progress.getPolicyVersion() > 0 && !policyFound) {
      add(
          policiesExpire ? FindingKind.DELETED : FindingKind.POINTER,
          Place.ofRun(run),
          "Progress of run %s points to policy %d, and no policy so new is in the log%s."
              .formatted(
                  run,
                  progress.getPolicyVersion(),
                  policiesExpire ? ": policies are deleted after a time" : ""));
    }
  }

  private void add(FindingKind kind, Place place, String sentence) {
    findings.add(kind, place, sentence);
  }

  /** Whether there is a snapshot of a version. */
  boolean hasSnapshot(long version) {
    return snapshots.contains(version);
  }

  int snapshots() {
    return snapshots.size();
  }
}
