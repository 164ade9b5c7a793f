package dev.relive.learner;

import static java.util.Objects.requireNonNull;

import dev.relive.learner.Admission.Origin;
import dev.relive.log.LaneId;
import dev.relive.log.Segment;
import dev.relive.log.SegmentEnd;
import dev.relive.log.SegmentRecord;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Holds an episode until it ends, and lets it through if its return is high enough. An episode that
 * has not ended within so many steps of the log after its first is dropped; so no more than these
 * are held, and the log need not be read again from further back.
 *
 * <p>What becomes of an episode depends on what was read since its first segment, and on nothing
 * before. So a filter that begins at the first segment of the oldest episode held lets through the
 * same from there on as one that began earlier, but for episodes that began earlier.
 */
final class EpisodeFilter {
  private final double minReturn;
  private final long heldSteps;

  /** Episodes not yet ended, in the order of their first segments. */
  private final Map<LaneId, Held> held = new LinkedHashMap<>();

  private long steps;
  private Dropped dropped = Dropped.NOTHING;

  /** An episode not yet ended, and the number of steps read before it. */
  private static final class Held {
    private final Origin origin;
    private final long episode;
    private final long stepsBefore;
    private final List<SegmentRecord> segments = new ArrayList<>();
    private long length;
    private double episodeReturn;

    Held(SegmentRecord first, long stepsBefore) {
      this.origin = Origin.of(first);
      this.episode = first.segment().episode();
      this.stepsBefore = stepsBefore;
    }

    boolean isContinuedBy(Segment segment) {
      return segment.episode() == episode && segment.firstStep() == length;
    }

    /** What goes on is copied: it outlives the fetch that it is a view of. */
    void add(SegmentRecord record) {
      Segment segment = record.segment();
      segments.add(segment.end() == SegmentEnd.CONTINUES ? record.copy() : record);
      length += segment.length();
      episodeReturn += sum(segment);
    }

    private static double sum(Segment segment) {
      float[] rewards = new float[segment.length()];
      segment.rewards().copyRows(0, segment.length(), rewards, 0);
      double sum = 0;
      for (float reward : rewards) {
        sum += reward;
      }
      return sum;
    }
  }

  /**
   * @param minReturn the least return of an episode that is let through
   * @param heldSteps steps of the log within which an episode must end
   */
  EpisodeFilter(double minReturn, long heldSteps) {
    this.minReturn = minReturn;
    this.heldSteps = heldSteps;
  }

  /** Takes the next segment; gives the episode that ends with it, if that is let through. */
  @Nullable Admission admit(SegmentRecord record) {
    Segment segment = record.segment();
    LaneId lane = segment.lane();
    if (segment.sequence() == 0) {
      abandonOlderEpochs(lane);
    }
    Held episode = goOn(record);
    steps += segment.length();
    dropOversized();
    if (episode == null || held.get(lane) != episode || segment.end() == SegmentEnd.CONTINUES) {
      return null;
    }
    held.remove(lane);
    if (segment.end() == SegmentEnd.ABANDONED) {
      dropped = dropped.plusAbandoned(episode.length);
    } else if (episode.episodeReturn < minReturn) {
      dropped = dropped.plusLowReturn(episode.length);
    } else {
      return new Admission(episode.origin, episode.segments);
    }
    return null;
  }

  /** The lane's episode with this segment; null where its beginning is not held. */
  private @Nullable Held goOn(SegmentRecord record) {
    Segment segment = record.segment();
    LaneId lane = segment.lane();
    Held episode = held.get(lane);
    if (episode != null && !episode.isContinuedBy(segment)) {
      abandon(requireNonNull(held.remove(lane)));
      episode = null;
    }
    if (episode == null && segment.firstStep() == 0 && segment.length() > 0) {
      episode = new Held(record, steps);
      held.put(lane, episode);
    }
    if (episode == null) {
      dropped = dropped.plusSteps(segment.length());
    } else {
      episode.add(record);
    }
    return episode;
  }

  private void abandonOlderEpochs(LaneId lane) {
    for (Iterator<Map.Entry<LaneId, Held>> i = held.entrySet().iterator(); i.hasNext(); ) {
      Map.Entry<LaneId, Held> other = i.next();
      if (other.getKey().actor().equals(lane.actor()) && other.getKey().epoch() != lane.epoch()) {
        abandon(other.getValue());
        i.remove();
      }
    }
  }

  private void abandon(Held episode) {
    dropped = dropped.plusAbandoned(episode.length);
  }

  private void dropOversized() {
    for (Iterator<Held> oldest = held.values().iterator(); oldest.hasNext(); ) {
      Held episode = oldest.next();
      if (steps - episode.stepsBefore <= heldSteps) {
        return;
      }
      dropped = dropped.plusOversized(episode.length);
      oldest.remove();
    }
  }

  /** Where the oldest episode begins that may still be let through; null where there is none. */
  @Nullable Origin oldestHeld() {
    return held.isEmpty() ? null : held.values().iterator().next().origin;
  }

  /** Episodes held. */
  int heldEpisodes() {
    return held.size();
  }

  /** What was not let through. */
  Dropped dropped() {
    return dropped;
  }

  /** Goes on counting from here. */
  void restore(Dropped before) {
    dropped = before;
  }
}
