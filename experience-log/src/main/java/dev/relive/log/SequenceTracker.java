package dev.relive.log;

import dev.relive.log.wire.CheckpointState;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * What a reader concludes from the segments of one run in log order: which are duplicates, how many
 * are missing, and which continue their lane. Pure logic; memory is bounded by the actors, by
 * {@value #EPOCHS_KEPT} epochs of each and by the lanes of these.
 */
public final class SequenceTracker {
  /** Older epochs of an actor are forgotten; a process start is over when its successor writes. */
  static final int EPOCHS_KEPT = 4;

  private final boolean fromFirstSegment;
  private final Map<String, Epochs> actors = new LinkedHashMap<>();
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

  /** Takes the next segment in log order and says what it is. */
  public Continuity observe(Segment segment) {
    LaneId lane = segment.lane();
    Epochs epochs = actors.computeIfAbsent(lane.actor(), name -> new Epochs());
    ActorEpoch epoch = epochs.get(lane.epoch());
    long expected;
    if (epoch == null) {
      epochs.closeLanes();
      expected = fromFirstSegment ? 0 : segment.sequence();
      epoch = epochs.begin(lane, expected == 0);
    } else {
      expected = epoch.nextSequence;
    }
    if (segment.sequence() < expected) {
      duplicates++;
      epoch.duplicates++;
      return Continuity.DUPLICATE;
    }
    long missing = segment.sequence() - expected;
    if (missing > 0) {
      gaps += missing;
      epoch.gaps += missing;
      epoch.closeLanes();
    }
    return new Continuity(false, missing, epoch.accept(segment));
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
   * A tracker that goes on where another's {@link #state} was taken.
   *
   * @param fromFirstSegment as for the other
   */
  public static SequenceTracker resumedFrom(
      boolean fromFirstSegment, List<CheckpointState.Actor> state) {
    SequenceTracker tracker = new SequenceTracker(fromFirstSegment);
    for (CheckpointState.Actor actor : state) {
      tracker.gaps += actor.getGaps();
      tracker.duplicates += actor.getDuplicates();
      tracker
          .actors
          .computeIfAbsent(actor.getActor(), name -> tracker.new Epochs())
          .byNumber
          .put(actor.getEpoch(), tracker.new ActorEpoch(actor));
    }
    return tracker;
  }

  /** Everything that what is concluded next depends on, in the order of {@link #positions}. */
  public List<CheckpointState.Actor> state() {
    List<CheckpointState.Actor> state = new ArrayList<>();
    for (Epochs epochs : actors.values()) {
      for (ActorEpoch epoch : epochs.byNumber.values()) {
        state.add(epoch.state());
      }
    }
    return state;
  }

  /**
   * How far each known actor epoch has been read, actors by first appearance, newest epoch last.
   */
  public List<ActorPosition> positions() {
    List<ActorPosition> positions = new ArrayList<>();
    for (Epochs epochs : actors.values()) {
      for (ActorEpoch epoch : epochs.byNumber.values()) {
        positions.add(epoch.position());
      }
    }
    return positions;
  }

  /**
   * How far an actor epoch has been read.
   *
   * @param steps its largest cumulative step count seen
   */
  public record ActorPosition(
      String actor, long epoch, long nextSequence, long steps, long gaps, long duplicates) {}

  private final class Epochs {
    private final LinkedHashMap<Long, ActorEpoch> byNumber = new LinkedHashMap<>();

    @Nullable ActorEpoch get(long number) {
      return byNumber.get(number);
    }

    ActorEpoch begin(LaneId lane, boolean complete) {
      if (byNumber.size() == EPOCHS_KEPT) {
        byNumber.remove(byNumber.keySet().iterator().next());
      }
      ActorEpoch epoch = new ActorEpoch(lane.actor(), lane.epoch(), complete);
      byNumber.put(lane.epoch(), epoch);
      return epoch;
    }

    void closeLanes() {
      byNumber.values().forEach(ActorEpoch::closeLanes);
    }
  }

  private final class ActorEpoch {
    private final String actor;
    private final long number;
    private final SortedMap<Integer, Lane> lanes = new TreeMap<>();
    // Whether a lane that is not in the map must begin at its first episode, and not just anywhere.
    private boolean complete;
    private long nextSequence;
    private long steps;
    private long gaps;
    private long duplicates;

    ActorEpoch(String actor, long number, boolean complete) {
      this.actor = actor;
      this.number = number;
      this.complete = complete;
    }

    ActorEpoch(CheckpointState.Actor state) {
      this(state.getActor(), state.getEpoch(), state.getComplete());
      nextSequence = state.getNextSequence();
      steps = state.getSteps();
      gaps = state.getGaps();
      duplicates = state.getDuplicates();
      state.getLanesList().forEach(lane -> lanes.put(lane.getLane(), new Lane(lane)));
    }

    CheckpointState.Actor state() {
      CheckpointState.Actor.Builder state =
          CheckpointState.Actor.newBuilder()
              .setActor(actor)
              .setEpoch(number)
              .setNextSequence(nextSequence)
              .setSteps(steps)
              .setGaps(gaps)
              .setDuplicates(duplicates)
              .setComplete(complete);
      lanes.forEach((lane, at) -> state.addLanes(at.state(lane)));
      return state.build();
    }

    /** Takes a segment, and says whether it continues the segment before it in its lane. */
    boolean accept(Segment segment) {
      nextSequence = segment.sequence() + 1;
      steps = Math.max(steps, segment.actorSteps());
      Lane lane = lanes.get(segment.lane().lane());
      boolean expected = lane == null ? !complete || Lane.begins(segment) : lane.expects(segment);
      boolean continues = lane != null && lane.open && expected;
      if (!expected) {
        brokenLanes++;
      }
      if (lane == null) {
        lane = new Lane();
        lanes.put(segment.lane().lane(), lane);
      }
      lane.moveBehind(segment);
      return continues;
    }

    void closeLanes() {
      lanes.clear();
      complete = false;
    }

    ActorPosition position() {
      return new ActorPosition(actor, number, nextSequence, steps, gaps, duplicates);
    }
  }

  /** Where a lane goes on, or, between two episodes, begins its next. */
  private static final class Lane {
    private boolean open;
    private long episode;
    private long step;

    Lane() {}

    Lane(CheckpointState.Lane state) {
      open = state.getOpen();
      episode = state.getEpisode();
      step = state.getStep();
    }

    CheckpointState.Lane state(int lane) {
      return CheckpointState.Lane.newBuilder()
          .setLane(lane)
          .setOpen(open)
          .setEpisode(episode)
          .setStep(step)
          .build();
    }

    static boolean begins(Segment segment) {
      return segment.episode() == 0 && segment.firstStep() == 0;
    }

    boolean expects(Segment segment) {
      return segment.episode() == episode && segment.firstStep() == step;
    }

    void moveBehind(Segment segment) {
      open = segment.end() == SegmentEnd.CONTINUES;
      episode = open ? segment.episode() : segment.episode() + 1;
      step = open ? segment.nextStep() : 0;
    }
  }
}
