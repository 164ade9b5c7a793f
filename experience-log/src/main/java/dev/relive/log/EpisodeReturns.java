package dev.relive.log;

import java.util.LinkedHashMap;
import java.util.Map;
import java.util.OptionalDouble;

/** Adds up the rewards of every lane's episode. Lanes that fall silent are forgotten in time. */
final class EpisodeReturns {
  private static final int MOST_LANES = 100_000;

  private final LinkedHashMap<LaneId, Double> open = new LinkedHashMap<>();
  private float[] rewards = new float[128];

  /** The next segment; its episode's return where it ends one that was read as a whole. */
  OptionalDouble add(LoggedSegment logged) {
    Segment segment = logged.segment();
    Double before = open.remove(segment.lane());
    if (!logged.continuity().continuesLane()) {
      before = segment.firstStep() == 0 ? Double.valueOf(0) : null;
    }
    if (before == null) {
      return OptionalDouble.empty();
    }
    double sum = before + sum(segment);
    if (segment.end() == SegmentEnd.CONTINUES) {
      keep(segment.lane(), sum);
      return OptionalDouble.empty();
    }
    return segment.end() == SegmentEnd.ABANDONED ? OptionalDouble.empty() : OptionalDouble.of(sum);
  }

  private double sum(Segment segment) {
    int length = segment.length();
    if (rewards.length < length) {
      rewards = new float[length];
    }
    segment.rewards().copyRows(0, length, rewards, 0);
    double sum = 0;
    for (int step = 0; step < length; step++) {
      sum += rewards[step];
    }
    return sum;
  }

  private void keep(LaneId lane, double sum) {
    open.put(lane, sum);
    if (open.size() > MOST_LANES) {
      Map.Entry<LaneId, Double> eldest = open.entrySet().iterator().next();
      open.remove(eldest.getKey());
    }
  }
}
