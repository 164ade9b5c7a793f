package dev.relive.log;

import java.util.List;
import java.util.StringJoiner;

/** Segments were sent and never acknowledged: each may or may not be in the log. */
public final class SegmentsInDoubtException extends LogException {
  private final transient List<Doubt> segments;

  SegmentsInDoubtException(List<Doubt> segments, Throwable cause) {
    super(
        "Kafka acknowledged no more segments, so it is unknown whether these are in the log: %s (%s)."
            .formatted(ranges(segments), LogException.reason(cause).replaceFirst("\\.$", "")),
        cause);
    this.segments = List.copyOf(segments);
  }

  /** The segments, in the order in which they were sent. */
  public List<Doubt> segments() {
    return segments;
  }

  /** A segment by its actor epoch and its sequence. */
  public record Doubt(LaneId lane, long sequence) {
    private boolean follows(Doubt before) {
      return lane.epoch() == before.lane.epoch()
          && lane.actor().equals(before.lane.actor())
          && sequence == before.sequence + 1;
    }
  }

  private static String ranges(List<Doubt> segments) {
    StringJoiner ranges = new StringJoiner("; ");
    int first = 0;
    for (int i = 1; i <= segments.size(); i++) {
      if (i == segments.size() || !segments.get(i).follows(segments.get(i - 1))) {
        Doubt from = segments.get(first);
        ranges.add(
            "sequences %d to %d of actor %s, epoch %016x"
                .formatted(
                    from.sequence,
                    segments.get(i - 1).sequence,
                    from.lane.actor(),
                    from.lane.epoch()));
        first = i;
      }
    }
    return ranges.toString();
  }
}
