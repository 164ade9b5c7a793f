package dev.relive.simulation;

import static dev.relive.simulation.Invariant.ACKNOWLEDGED_IS_LOGGED;
import static dev.relive.simulation.Invariant.BATCHES_ARE_FRESH;
import static dev.relive.simulation.Invariant.CREDIT_DOES_NOT_LEAK;
import static dev.relive.simulation.Invariant.CREDIT_IS_EARNED;
import static dev.relive.simulation.Invariant.CREDIT_IS_USED;
import static dev.relive.simulation.Invariant.EVALUATED_ONCE;
import static dev.relive.simulation.Invariant.GAPS_ARE_SEEN;
import static dev.relive.simulation.Invariant.LEAD_IS_BOUNDED;
import static dev.relive.simulation.Invariant.NOTHING_LOST;
import static dev.relive.simulation.Invariant.NOTHING_TWICE;
import static dev.relive.simulation.Invariant.NOTHING_WAITS_FOR_EVER;
import static dev.relive.simulation.Invariant.ONE_LEARNER;
import static dev.relive.simulation.Invariant.POLICIES_ARE_COMMITTED;
import static dev.relive.simulation.Invariant.PROGRESS_NAMES_WHAT_IS_THERE;
import static dev.relive.simulation.Invariant.RESTORED_IS_THE_SAME;
import static dev.relive.simulation.Invariant.SNAPSHOTS_ARE_KEPT;
import static dev.relive.simulation.Invariant.SNAPSHOTS_HAVE_PARENTS;
import static dev.relive.simulation.Invariant.UPDATES_FOLLOW_THE_LOG;
import static dev.relive.simulation.Invariant.VERSIONS_INCREASE;

import dev.relive.log.wire.CheckpointState;
import dev.relive.simulation.LearnerFaults.RestoresWrong;
import java.util.function.Supplier;
import java.util.function.UnaryOperator;

/** A rule of the protocol that is broken on purpose, and the invariant that must notice. */
enum PlantedFault {
  DUPLICATES_ARE_INGESTED(NOTHING_TWICE, LearnerFaults.IngestsDuplicates::new),
  GAPS_ARE_NOT_COUNTED(GAPS_ARE_SEEN, LearnerFaults.SeesNoGaps::new),
  A_SEGMENT_IS_LOST(NOTHING_LOST, LearnerFaults.LosesSegments::new),
  STALE_TRANSITIONS_ARE_LEARNED(BATCHES_ARE_FRESH, LearnerFaults.LearnsFromStale::new),
  CREDIT_COUNTS_LENGTHS(CREDIT_DOES_NOT_LEAK, LearnerFaults.CountsLengths::new),
  CREDIT_COUNTS_WHAT_WAITS(CREDIT_IS_EARNED, LearnerFaults.CreditsWhatWaits::new),
  VERSIONS_RESTART(VERSIONS_INCREASE, LearnerFaults.RestartsVersions::new),
  THE_GENERATION_IS_USED_AGAIN(ONE_LEARNER, LearnerFaults.KeepsTheGeneration::new),
  STATE_IS_READ_BEFORE_FENCING(ONE_LEARNER, LearnerFaults.ReadsBeforeFencing::new),
  A_VERSION_IS_REQUIRED_TOO_EARLY(
      PROGRESS_NAMES_WHAT_IS_THERE, LearnerFaults.RequiresTooEarly::new),
  SNAPSHOTS_ARE_DROPPED(SNAPSHOTS_HAVE_PARENTS, LearnerFaults.LosesSnapshots::new),
  SNAPSHOTS_COME_AFTER_THEIR_CHECKPOINT(SNAPSHOTS_ARE_KEPT, LearnerFaults.DelaysSnapshots::new),
  SNAPSHOTS_ARE_COMMITTED_APART(
      PROGRESS_NAMES_WHAT_IS_THERE, LearnerFaults.CommitsSnapshotsApart::new),
  NOTHING_IS_FLUSHED_BEFORE_COMMITTING(
      PROGRESS_NAMES_WHAT_IS_THERE, LearnerFaults.CommitsUnflushed::new),
  WINDOW_IS_OFF_BY_ONE(
      RESTORED_IS_THE_SAME, restoring(c -> c.addWindowDuplicates(c.getWindowFirstSegment()))),
  RANDOM_STREAM_IS_NOT_RESTORED(
      RESTORED_IS_THE_SAME,
      restoring(
          c -> {
            c.getRandomStreamsBuilderList().forEach(stream -> stream.setStateLow(1));
            return c;
          })),
  UPDATES_ARE_NOT_RESTORED(
      UPDATES_FOLLOW_THE_LOG,
      restoring(
          c -> {
            c.getProgressedBuilder().clearUpdates();
            return c;
          })),
  ACTORS_ARE_NOT_RESTORED(
      GAPS_ARE_SEEN,
      restoring(
          c -> {
            c.getProgressedBuilder().clearActors();
            return c;
          })),
  CREDIT_OUTLIVES_ITS_GENERATION(LEAD_IS_BOUNDED, OtherFaults.KeepsOldCredit::new),
  UNLISTED_PRODUCERS_GET_NO_CREDIT(CREDIT_IS_USED, OtherFaults.StarvesUnlisted::new),
  THE_REQUIRED_VERSION_IS_IGNORED(LEAD_IS_BOUNDED, OtherFaults.IgnoresRequiredVersion::new),
  A_NEWER_VERSION_IS_REFUSED(CREDIT_IS_USED, OtherFaults.RefusesNewerVersions::new),
  NOTHING_IS_FLUSHED_BEFORE_WAITING(NOTHING_WAITS_FOR_EVER, OtherFaults.WaitsUnflushed::new),
  AN_EPOCH_IS_USED_AGAIN(NOTHING_LOST, OtherFaults.ReusesEpochs::new),
  UNCOMMITTED_POLICIES_ARE_READ(POLICIES_ARE_COMMITTED, OtherFaults.ReadsUncommitted::new),
  SEGMENTS_ARE_ACKNOWLEDGED_UNWRITTEN(
      ACKNOWLEDGED_IS_LOGGED, OtherFaults.AcknowledgesUnwritten::new),
  NOBODY_IS_FENCED(ONE_LEARNER, OtherFaults.FencesNobody::new),
  COMPACTION_KEEPS_WHAT_WAS_ABORTED(NOTHING_WAITS_FOR_EVER, OtherFaults.CompactsToAborted::new),
  EVALUATIONS_ARE_COMMITTED_APART(EVALUATED_ONCE, OtherFaults.CommitsOffsetsApart::new);

  private final Invariant noticed;

  @SuppressWarnings("ImmutableEnumChecker") // Makes new edges for every simulation.
  private final Supplier<Edges> edges;

  PlantedFault(Invariant noticed, Supplier<Edges> edges) {
    this.noticed = noticed;
    this.edges = edges;
  }

  private static Supplier<Edges> restoring(UnaryOperator<CheckpointState.Builder> change) {
    return () -> new RestoresWrong(change);
  }

  /** The invariant that does not hold any more. */
  Invariant noticed() {
    return noticed;
  }

  /** The edges of one simulation with this fault. */
  Edges edges() {
    return edges.get();
  }
}
