package dev.relive.log;

import java.util.HashMap;
import java.util.Map;

/** What is known of an actor epoch while its segments are read. */
final class EpochAudit {
  private final String actor;
  private final long number;
  private final Map<Integer, LaneAudit> lanes = new HashMap<>();
  private long steps = -1;
  private long lastSequence = -1;

  EpochAudit(LaneId lane) {
    this.actor = lane.actor();
    this.number = lane.epoch();
  }

  LaneAudit lane(int lane) {
    return lanes.computeIfAbsent(lane, key -> new LaneAudit());
  }

  /**
   * The least or only number of the actor's steps that a segment may state.
   *
   * @return -1 where any number may be true, because what came before is not known
   */
  long stepsWith(Segment segment) {
    if (steps < 0) {
      return segment.sequence() == 0 ? segment.length() : -1;
    }
    return steps + segment.length();
  }

  void accept(Segment segment) {
    steps = segment.actorSteps();
    lastSequence = segment.sequence();
    lane(segment.lane().lane()).accept(segment);
  }

  String actor() {
    return actor;
  }

  long number() {
    return number;
  }

  long lastSequence() {
    return lastSequence;
  }

  long openLanes() {
    return lanes.values().stream().filter(LaneAudit::isOpen).count();
  }

  int lanes() {
    return lanes.size();
  }

  @Override
  public String toString() {
    return actor + "@" + Long.toHexString(number);
  }
}
