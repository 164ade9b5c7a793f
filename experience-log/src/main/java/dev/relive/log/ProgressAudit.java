package dev.relive.log;

import dev.relive.log.Finding.Place;
import dev.relive.log.wire.Progress;
import org.jspecify.annotations.Nullable;

/** Checks that each Progress of a run agrees with the one before it: nothing ever falls. */
final class ProgressAudit {
  private final Findings findings;
  private @Nullable Progress newest;

  ProgressAudit(Findings findings) {
    this.findings = findings;
  }

  /** The run's next Progress in log order; compaction may have dropped some before it. */
  void add(Progress next, Place place) {
    Progress before = newest;
    newest = next;
    if (before == null) {
      return;
    }
    require(next, place, "ordinal", before.getOrdinal() + 1, next.getOrdinal());
    require(next, place, "generation", before.getGeneration(), next.getGeneration());
    require(next, place, "policy version", before.getPolicyVersion(), next.getPolicyVersion());
    require(
        next, place, "snapshot version", before.getSnapshotVersion(), next.getSnapshotVersion());
    require(
        next,
        place,
        "checkpoint ordinal",
        before.getCheckpointOrdinal(),
        next.getCheckpointOrdinal());
    if (before.getGeneration() == next.getGeneration()) {
      require(next, place, "segments", before.getSegments(), next.getSegments());
      require(next, place, "run steps", before.getRunSteps(), next.getRunSteps());
      require(next, place, "updates", before.getUpdates(), next.getUpdates());
    }
  }

  private void require(Progress next, Place place, String what, long least, long value) {
    if (value < least) {
      findings.add(
          FindingKind.PROGRESS,
          place,
          "Progress %d of run %s at offset %d has the %s %d after one that makes it at least %d."
              .formatted(next.getOrdinal(), next.getRun(), place.offset(), what, value, least));
    }
  }

  @Nullable Progress newest() {
    return newest;
  }
}
