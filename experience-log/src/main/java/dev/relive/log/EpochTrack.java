package dev.relive.log;

import static java.util.Comparator.comparingInt;

import dev.relive.log.wire.CheckpointState.Actor;
import java.util.HashMap;
import java.util.Map;

/** How far one actor epoch has been read, and where its lanes go on. */
final class EpochTrack {
  private final String actor;
  private final long epoch;
  private final Map<Integer, LaneTrack> lanes = new HashMap<>();
  // Whether a lane that is not in the map must begin at its first episode, and not just anywhere.
  private boolean complete;
  private long nextSequence;
  private long steps;
  private long gaps;
  private long duplicates;

  /**
   * @param nextSequence the sequence expected first
   */
  EpochTrack(LaneId lane, long nextSequence) {
    this.actor = lane.actor();
    this.epoch = lane.epoch();
    this.nextSequence = nextSequence;
    this.complete = nextSequence == 0;
  }

  /** The one whose {@link #state} was this. */
  EpochTrack(Actor state) {
    this.actor = state.getActor();
    this.epoch = state.getEpoch();
    this.complete = state.getComplete();
    this.nextSequence = state.getNextSequence();
    this.steps = state.getSteps();
    this.gaps = state.getGaps();
    this.duplicates = state.getDuplicates();
    state.getLanesList().forEach(lane -> lanes.put(lane.getLane(), LaneTrack.of(lane)));
  }

  long nextSequence() {
    return nextSequence;
  }

  void duplicate() {
    duplicates++;
  }

  void missing(long segments) {
    gaps += segments;
    closeLanes();
  }

  void closeLanes() {
    lanes.clear();
    complete = false;
  }

  /**
   * Whether a segment begins where its lane stands, or where it may stand for all that is known.
   */
  boolean expects(Segment segment) {
    LaneTrack lane = lanes.get(segment.lane().lane());
    return lane == null ? !complete || LaneTrack.begins(segment) : lane.expects(segment);
  }

  /** Takes a segment, and says whether it continues the segment before it in its lane. */
  boolean accept(Segment segment) {
    nextSequence = segment.sequence() + 1;
    steps = Math.max(steps, segment.actorSteps());
    LaneTrack before = lanes.put(segment.lane().lane(), LaneTrack.behind(segment));
    return before != null && before.open() && before.expects(segment);
  }

  /** All that is known, lanes by number. */
  Actor state() {
    Actor.Builder state =
        Actor.newBuilder()
            .setActor(actor)
            .setEpoch(epoch)
            .setNextSequence(nextSequence)
            .setSteps(steps)
            .setGaps(gaps)
            .setDuplicates(duplicates)
            .setComplete(complete);
    lanes.entrySet().stream()
        .sorted(comparingInt(Map.Entry::getKey))
        .forEach(lane -> state.addLanes(lane.getValue().state(lane.getKey())));
    return state.build();
  }
}
