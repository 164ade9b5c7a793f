package dev.relive.log;

import dev.relive.log.wire.CheckpointState.Lane;

/** Where a lane goes on with its episode where that is open, or else begins its next one. */
record LaneTrack(boolean open, long episode, long step) {

  static LaneTrack of(Lane lane) {
    return new LaneTrack(lane.getOpen(), lane.getEpisode(), lane.getStep());
  }

  static LaneTrack behind(Segment segment) {
    return segment.end() == SegmentEnd.CONTINUES
        ? new LaneTrack(true, segment.episode(), segment.nextStep())
        : new LaneTrack(false, segment.episode() + 1, 0);
  }

  /** Whether a segment is the first of its lane. */
  static boolean begins(Segment segment) {
    return segment.episode() == 0 && segment.firstStep() == 0;
  }

  boolean expects(Segment segment) {
    return segment.episode() == episode && segment.firstStep() == step;
  }

  Lane state(int lane) {
    return Lane.newBuilder().setLane(lane).setOpen(open).setEpisode(episode).setStep(step).build();
  }
}
