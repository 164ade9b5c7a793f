package dev.relive.learner;

import dev.relive.learner.Admission.Origin;
import dev.relive.log.SegmentRecord;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Lets through what a run wants to learn from, decided by the segments alone, in the order in which
 * they come. One thread's.
 */
final class ExperienceFilter {
  private final @Nullable EpisodeFilter episodes;
  private final @Nullable VersionFilter versions;
  private long otherVersionSteps;

  ExperienceFilter(ExperienceFilters filters) {
    this.episodes =
        filters.minReturn() == null
            ? null
            : new EpisodeFilter(filters.minReturn(), filters.heldSteps());
    this.versions =
        filters.policyVersions() == null ? null : new VersionFilter(filters.policyVersions());
  }

  /** Takes the next segment; gives what may be learned from now, if anything. */
  @Nullable Admission admit(SegmentRecord record) {
    Admission whole = episodes == null ? Admission.of(record) : episodes.admit(record);
    return whole == null || versions == null
        ? whole
        : new Admission(whole.origin(), pieces(versions, whole.pieces()));
  }

  private List<SegmentRecord> pieces(VersionFilter filter, List<SegmentRecord> whole) {
    List<SegmentRecord> pieces = new ArrayList<>();
    for (SegmentRecord record : whole) {
      List<SegmentRecord> wanted = filter.pieces(record);
      otherVersionSteps += record.segment().length();
      wanted.forEach(piece -> otherVersionSteps -= piece.segment().length());
      pieces.addAll(wanted);
    }
    return pieces;
  }

  /** The same for a segment that was read before, and whose losses are counted. */
  @Nullable Admission admitAgain(SegmentRecord record) {
    Dropped counted = dropped();
    Admission admitted = admit(record);
    restore(counted);
    return admitted;
  }

  /** Where the oldest segment stands that may still be let through; null where there is none. */
  @Nullable Origin oldestHeld() {
    return episodes == null ? null : episodes.oldestHeld();
  }

  /** Episodes that wait for their end. */
  int heldEpisodes() {
    return episodes == null ? 0 : episodes.heldEpisodes();
  }

  /** What was not let through. */
  Dropped dropped() {
    Dropped byReturn = episodes == null ? Dropped.NOTHING : episodes.dropped();
    return byReturn.plusOtherVersions(otherVersionSteps);
  }

  /** Goes on counting from here. */
  void restore(Dropped before) {
    otherVersionSteps = before.otherVersionSteps();
    if (episodes != null) {
      episodes.restore(before.plusOtherVersions(-before.otherVersionSteps()));
    }
  }
}
