package dev.relive.log;

import static java.util.stream.Collectors.toMap;

import dev.relive.log.Finding.Place;
import dev.relive.log.wire.ActorProgress;
import dev.relive.log.wire.CheckpointState;
import dev.relive.log.wire.CheckpointState.Actor;
import dev.relive.log.wire.CheckpointState.SegmentIdentity;
import dev.relive.log.wire.Progress;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * Compares what a learner says that it has ingested with what the log says when it is read again,
 * at the places of which the learner speaks. The newest segment may have been ingested in part.
 */
final class IngestedCheck {
  /** A learner forgets of its actors what it tells; with more of them its counts begin anew. */
  private static final int ACTORS_TOLD = 1_000;

  private final @Nullable Progress progress;
  private final @Nullable CheckpointState checkpoint;
  private final Findings findings;

  private boolean countsSeen;
  private boolean windowSeen;
  private long segmentsAtNext = -1;

  /**
   * @param progress the newest before reading began; null where there is nothing to compare
   * @param checkpoint the one that it points to; null where there is none
   */
  IngestedCheck(
      @Nullable Progress progress, @Nullable CheckpointState checkpoint, Findings findings) {
    this.progress = progress;
    this.checkpoint = checkpoint;
    this.findings = findings;
  }

  /**
   * What was read so far is all that stands before a segment of the run.
   *
   * @param ordinal the segment's
   */
  void before(SegmentRecord record, long ordinal, RunExperience read) {
    if (progress == null) {
      return;
    }
    if (record.offset() >= progress.getNextSegment().getOffset()) {
      atNextSegment(progress, read, record.segment());
    }
    if (!countsSeen && ordinal == progress.getSegments()) {
      compareSteps(progress, read, record.segment().length());
    }
    if (checkpoint != null) {
      compareWindow(checkpoint, record, ordinal);
    }
  }

  private void atNextSegment(Progress said, RunExperience read, @Nullable Segment next) {
    if (segmentsAtNext < 0 && said.hasNextSegment()) {
      segmentsAtNext = read.segments();
      compareActors(said, read, next);
    }
  }

  /** All has been read. */
  void end(long segments, RunExperience read) {
    if (progress == null) {
      return;
    }
    if (progress.getSegments() > segments) {
      add(
          progress,
          "Progress %d of run %s says that %d segments were ingested, and the log holds %d."
              .formatted(
                  progress.getOrdinal(), progress.getRun(), progress.getSegments(), segments));
      return;
    }
    atNextSegment(progress, read, null);
    if (!countsSeen) {
      compareSteps(progress, read, 0);
    }
    boolean inRounds = read.spec().getDeterministic();
    if (!inRounds && segmentsAtNext >= 0 && segmentsAtNext != progress.getSegments()) {
      add(
          progress,
          "Progress %d of run %s says that %d segments were ingested, and %d stand before offset %d, the next to ingest."
              .formatted(
                  progress.getOrdinal(),
                  progress.getRun(),
                  progress.getSegments(),
                  segmentsAtNext,
                  progress.getNextSegment().getOffset()));
    }
    if (checkpoint != null && checkpoint.hasWindowFirst() && !windowSeen) {
      findings.add(
          FindingKind.CHECKPOINT,
          Place.ofRun(progress.getRun()),
          "Checkpoint %d of run %s goes on from segment %d of the run, and the log holds %d."
              .formatted(
                  checkpoint.getOrdinal(),
                  progress.getRun(),
                  checkpoint.getWindowFirstSegment(),
                  segments));
    }
  }

  private void compareSteps(Progress said, RunExperience read, int nextLength) {
    countsSeen = true;
    long least = read.steps() - read.lastLength();
    long most = read.steps() + nextLength;
    if (said.getRunSteps() < least || said.getRunSteps() > most) {
      add(
          said,
          "Progress %d of run %s says that %d steps were ingested with %d segments, and these have %d."
              .formatted(
                  said.getOrdinal(),
                  said.getRun(),
                  said.getRunSteps(),
                  said.getSegments(),
                  read.steps()));
    }
  }

  private void compareActors(Progress said, RunExperience read, @Nullable Segment next) {
    Map<Map.Entry<String, Long>, Actor> known =
        read.tracker().state().stream()
            .collect(
                toMap(actor -> Map.entry(actor.getActor(), actor.getEpoch()), Function.identity()));
    Set<String> actors = new HashSet<>();
    known.keySet().forEach(key -> actors.add(key.getKey()));
    for (ActorProgress actor : said.getActorsList()) {
      Actor found = known.get(Map.entry(actor.getActor(), actor.getEpoch()));
      if (found == null && actor.getNextSequence() > 0) {
        addActor(said, actor, "a next sequence", actor.getNextSequence(), 0);
      } else if (found != null) {
        compareActor(said, actor, found, read, next, actors.size() <= ACTORS_TOLD);
      }
    }
  }

  private void compareActor(
      Progress said,
      ActorProgress actor,
      Actor found,
      RunExperience read,
      @Nullable Segment next,
      boolean complete) {
    if (actor.getNextSequence() != found.getNextSequence()) {
      addActor(said, actor, "a next sequence", actor.getNextSequence(), found.getNextSequence());
    }
    if (complete && actor.getGaps() != found.getGaps()) {
      addActor(said, actor, "gaps", actor.getGaps(), found.getGaps());
    }
    if (complete && actor.getDuplicates() != found.getDuplicates()) {
      addActor(said, actor, "duplicates", actor.getDuplicates(), found.getDuplicates());
    }
    long most = found.getSteps();
    if (next != null && isOf(next.lane(), actor)) {
      most += next.length();
    }
    long least =
        isOf(read.lastLane(), actor) ? found.getSteps() - read.lastLength() : found.getSteps();
    if (!keepsAll(read)) {
      least = 0;
    }
    if (actor.getSteps() > most || actor.getSteps() < least) {
      addActor(said, actor, "steps", actor.getSteps(), found.getSteps());
    }
  }

  /** An on-policy learner does not count what waits in its batch; one with a replay has none. */
  private static boolean keepsAll(RunExperience read) {
    return read.spec().getSettingsList().stream()
        .anyMatch(setting -> setting.getName().startsWith("replay."));
  }

  private static boolean isOf(@Nullable LaneId lane, ActorProgress actor) {
    return lane != null
        && lane.epoch() == actor.getEpoch()
        && lane.actor().equals(actor.getActor());
  }

  private void compareWindow(CheckpointState state, SegmentRecord record, long ordinal) {
    if (windowSeen || !state.hasWindowFirst() || ordinal != state.getWindowFirstSegment()) {
      return;
    }
    windowSeen = true;
    SegmentIdentity expected = state.getWindowFirst();
    if (!expected.equals(record.identity())) {
      findings.add(
          FindingKind.CHECKPOINT,
          Place.ofRun(state.getRun()),
          "Checkpoint %d of run %s goes on from segment %d of %s@%x, and in its place stands %s."
              .formatted(
                  state.getOrdinal(),
                  state.getRun(),
                  expected.getSequence(),
                  expected.getActor(),
                  expected.getEpoch(),
                  RunExperience.name(record)));
    }
  }

  private void addActor(Progress said, ActorProgress actor, String what, long stated, long read) {
    findings.add(
        FindingKind.INGESTED,
        Place.ofEpoch(said.getRun(), actor.getActor(), actor.getEpoch(), null),
        "Progress %d of run %s has for %s@%x %s of %d, and the log %d."
            .formatted(
                said.getOrdinal(),
                said.getRun(),
                actor.getActor(),
                actor.getEpoch(),
                what,
                stated,
                read));
  }

  private void add(Progress said, String sentence) {
    findings.add(FindingKind.INGESTED, Place.ofRun(said.getRun()), sentence);
  }
}
