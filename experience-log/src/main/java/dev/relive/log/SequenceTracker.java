package dev.relive.log;

import dev.relive.log.wire.CheckpointState.Actor;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * What a reader concludes from the segments of one run in log order: which are duplicates, how many
 * are missing, and which continue their lane. Pure logic; memory is bounded by the actors, by
 * {@value #EPOCHS_KEPT} epochs of each and by the lanes of these.
 */
public final class SequenceTracker {
  /** Older epochs of an actor are forgotten; a process start is over when its successor writes. */
  static final int EPOCHS_KEPT = 4;

  private final boolean fromFirstSegment;

  /** Every actor's epochs by their numbers, both in the order of their first segments. */
  private final Map<String, Map<Long, EpochTrack>> actors = new LinkedHashMap<>();

  private long gaps;
  private long duplicates;
  private long brokenLanes;

  /**
   * @param fromFirstSegment whether reading begins where the run begins, so that an epoch's first
   *     segment must have sequence 0; otherwise a start in mid-log is no gap
   */
  public SequenceTracker(boolean fromFirstSegment) {
    this.fromFirstSegment = fromFirstSegment;
  }

  /**
   * A tracker that concludes what one whose {@link #state} was this would have concluded. It counts
   * from here.
   *
   * @param fromFirstSegment as it was for that one
   */
  public static SequenceTracker resumedFrom(boolean fromFirstSegment, List<Actor> state) {
    SequenceTracker tracker = new SequenceTracker(fromFirstSegment);
    for (Actor actor : state) {
      tracker.epochs(actor.getActor()).put(actor.getEpoch(), new EpochTrack(actor));
    }
    return tracker;
  }

  private Map<Long, EpochTrack> epochs(String actor) {
    return actors.computeIfAbsent(actor, name -> new LinkedHashMap<>());
  }

  /** Takes the next segment in log order and says what it is. */
  public Continuity observe(Segment segment) {
    LaneId lane = segment.lane();
    Map<Long, EpochTrack> epochs = epochs(lane.actor());
    EpochTrack epoch = epochs.get(lane.epoch());
    if (epoch == null) {
      epoch = new EpochTrack(lane, fromFirstSegment ? 0 : segment.sequence());
      begin(epochs, lane.epoch(), epoch);
    }
    long missing = segment.sequence() - epoch.nextSequence();
    if (missing < 0) {
      duplicates++;
      epoch.duplicate();
      return Continuity.DUPLICATE;
    }
    if (missing > 0) {
      gaps += missing;
      epoch.missing(missing);
    }
    if (!epoch.expects(segment)) {
      brokenLanes++;
    }
    return new Continuity(false, missing, epoch.accept(segment));
  }

  /** A newer epoch of an actor ends what its older ones left open. */
  private static void begin(Map<Long, EpochTrack> epochs, long number, EpochTrack newest) {
    epochs.values().forEach(EpochTrack::closeLanes);
    if (epochs.size() == EPOCHS_KEPT) {
      epochs.remove(epochs.keySet().iterator().next());
    }
    epochs.put(number, newest);
  }

  /** Segments found missing so far. */
  public long gaps() {
    return gaps;
  }

  /** Segments dropped as duplicates so far. */
  public long duplicates() {
    return duplicates;
  }

  /** Segments that begin elsewhere than where their lane stood, though none is missing. */
  public long brokenLanes() {
    return brokenLanes;
  }

  /**
   * What is known of every actor epoch, actors by first appearance, each one's newest epoch last.
   */
  public List<Actor> state() {
    return actors.values().stream()
        .flatMap(epochs -> epochs.values().stream())
        .map(EpochTrack::state)
        .toList();
  }
}
