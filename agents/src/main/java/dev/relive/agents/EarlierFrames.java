package dev.relive.agents;

import dev.relive.log.LaneId;
import dev.relive.log.Segment;
import dev.relive.log.SegmentEnd;
import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * The newest raw frames of each lane whose episode goes on, so that the first observations of its
 * next segment can be stacked. Of lanes that have been silent longest, and of episodes whose
 * earlier segments were never read, nothing is known.
 */
public final class EarlierFrames {

  /** Lanes remembered, so that those of actors that are gone do not add up for ever. */
  private static final int MOST_LANES = 8_192;

  private final int kept;
  private final int size;
  private final Map<LaneId, Tail> tails = new LinkedHashMap<>();

  /** The frames before the observation that a lane's newest segment ends with. */
  @SuppressWarnings("ArrayRecordComponent") // never compared
  private record Tail(long episode, long nextStep, float[] frames) {
    boolean isBefore(Segment segment) {
      return segment.episode() == episode && segment.firstStep() == nextStep;
    }
  }

  /** Nothing known yet. */
  public EarlierFrames(ObservationEncoding encoding) {
    kept = encoding.frames() - 1;
    size = encoding.rawSize();
  }

  /**
   * Copies the frames before a segment's first observation, the oldest first.
   *
   * @return how many are known
   */
  int copyBefore(Segment segment, float[] target) {
    @Nullable Tail tail = tails.get(segment.lane());
    if (tail == null || !tail.isBefore(segment)) {
      return 0;
    }
    System.arraycopy(tail.frames, 0, target, 0, tail.frames.length);
    return tail.frames.length / size;
  }

  /** Takes a segment as the newest of its lane. */
  public void add(Segment segment) {
    if (kept == 0) {
      return;
    }
    @Nullable Tail before = tails.remove(segment.lane());
    if (segment.end() != SegmentEnd.CONTINUES) {
      return;
    }
    int own = Math.min(kept, segment.length());
    int older =
        before != null && before.isBefore(segment)
            ? Math.min(kept - own, before.frames.length / size)
            : 0;
    float[] frames = new float[(older + own) * size];
    if (older > 0 && before != null) {
      System.arraycopy(before.frames, before.frames.length - older * size, frames, 0, older * size);
    }
    segment.observations().copyRows(segment.length() - own, own, frames, older * size);
    tails.put(segment.lane(), new Tail(segment.episode(), segment.nextStep(), frames));
    if (tails.size() > MOST_LANES) {
      tails.remove(tails.keySet().iterator().next());
    }
  }
}
