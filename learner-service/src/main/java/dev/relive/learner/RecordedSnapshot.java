package dev.relive.learner;

import dev.relive.agents.ModelMessages;
import dev.relive.log.wire.Generation;
import dev.relive.log.wire.Snapshot;
import dev.relive.log.wire.SnapshotReason;
import java.util.HexFormat;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A snapshot that is in the log, with a checksum in the place of its weights.
 *
 * @param sha256 of its weights, in hexadecimal; empty where they are not what it states
 */
record RecordedSnapshot(
    long version,
    long generation,
    Place place,
    SnapshotReason reason,
    String sha256,
    List<Generation> lineage) {

  /** Steps and updates of a run at which its weights are looked at. */
  record Place(long runSteps, long updates) {}

  static RecordedSnapshot of(Snapshot snapshot) {
    return new RecordedSnapshot(
        snapshot.getVersion(),
        snapshot.getGeneration(),
        new Place(snapshot.getRunSteps(), snapshot.getUpdates()),
        snapshot.getReason(),
        sha256(snapshot),
        List.copyOf(Lineage.of(snapshot)));
  }

  private static String sha256(Snapshot snapshot) {
    try {
      return HexFormat.of().formatHex(ModelMessages.tensors(snapshot.getWeights()).sha256());
    } catch (IllegalArgumentException e) {
      return ""; // differs from all that can be derived, which is what there is to say
    }
  }

  /** Whether it was made where a learner ended, which is not for the schedule to say. */
  boolean isFinal() {
    return reason == SnapshotReason.FINAL;
  }

  /**
   * It beside what was derived.
   *
   * @param derived null where the log does not lead to its place
   */
  DerivedSnapshot beside(@Nullable String derived) {
    return new DerivedSnapshot(
        version, generation, place.runSteps(), place.updates(), sha256, derived);
  }
}
