package dev.relive.learner;

import dev.relive.log.Settings;
import dev.relive.log.wire.CheckpointState;
import dev.relive.log.wire.Generation;
import dev.relive.log.wire.RunSpec;
import dev.relive.log.wire.Snapshot;
import java.util.ArrayList;
import java.util.List;
import java.util.TreeMap;

/**
 * The learners whose updates are in a run's weights, oldest first, the one that learns now last.
 * With the log it is all that is needed to derive the weights again: where a learner went on that
 * was started again, and which experience was new enough for it, is decided by the moment at which
 * the one before was stopped, and by nothing in the log.
 */
final class Lineage {
  /** Older ones are forgotten. */
  static final int MOST = 1_000;

  private final Generation.Builder own;
  private List<Generation> ancestors = List.of();

  /**
   * Of a learner that has restored nothing.
   *
   * @param firstVersion the first version that it will publish
   * @param computesWith versions and traits by name
   */
  Lineage(RunSpec spec, long generation, long firstVersion, Settings computesWith) {
    own =
        Generation.newBuilder()
            .setGeneration(generation)
            .setFirstVersion(firstVersion)
            .addAllVersions(others(spec, computesWith).toMessages());
  }

  /** What the spec does not say, or says otherwise. */
  private static Settings others(RunSpec spec, Settings computesWith) {
    TreeMap<String, String> others = new TreeMap<>(computesWith.asMap());
    others.entrySet().removeAll(Settings.of(spec.getVersionsList()).asMap().entrySet());
    return Settings.of(others);
  }

  /** The learner goes on from a checkpoint. */
  void restore(CheckpointState checkpoint) {
    List<Generation> before = checkpoint.getLineageList();
    ancestors = before.subList(Math.max(0, before.size() - (MOST - 1)), before.size());
    own.setSegments(checkpoint.getProgressed().getSegments());
  }

  /** All of them. */
  List<Generation> generations() {
    List<Generation> all = new ArrayList<>(ancestors);
    all.add(own.build());
    return all;
  }

  /** Those of a snapshot; a run's first learner needs not say where it began. */
  static List<Generation> of(Snapshot snapshot) {
    boolean first = snapshot.getLineageCount() == 0 && snapshot.getGeneration() == 1;
    return first
        ? List.of(Generation.newBuilder().setGeneration(1).setFirstVersion(1).build())
        : snapshot.getLineageList();
  }

  /** Whether it goes back to where the run begins. */
  static boolean isWhole(List<Generation> lineage) {
    return !lineage.isEmpty() && lineage.get(0).getSegments() == 0;
  }
}
