package dev.relive.log;

import java.io.BufferedReader;
import java.io.IOException;
import java.util.HashMap;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * The segments that producers know to be acknowledged, and so must be in the log. They are told in
 * lines of text, {@code RUN ACTOR EPOCH SEQUENCE}, with one space between two words and the epoch
 * in hexadecimal; their order is of no importance.
 */
public final class AcknowledgedSegments {
  private static final Pattern LINE =
      Pattern.compile("([^\\s/]+) ([^\\s/]+) ([0-9a-fA-F]{1,16}) ([0-9]{1,18})");

  private final Map<ActorEpoch, SequenceSet> missing = new HashMap<>();
  private long count;

  /** One process start of an actor of a run. */
  record ActorEpoch(String run, String actor, long epoch) {}

  /**
   * Reads lines to their end.
   *
   * @throws LogException naming the first line that is none
   * @throws IOException if they cannot be read
   */
  public static AcknowledgedSegments read(BufferedReader lines) throws IOException {
    AcknowledgedSegments read = new AcknowledgedSegments();
    long number = 0;
    for (String line = lines.readLine(); line != null; line = lines.readLine()) {
      number++;
      Matcher matcher = LINE.matcher(line);
      if (!matcher.matches()) {
        throw new LogException(
            "Line %d of the acknowledged segments is '%s', and must be RUN ACTOR EPOCH SEQUENCE with the epoch in hexadecimal."
                .formatted(number, line.length() > 100 ? line.substring(0, 100) + "…" : line));
      }
      read.add(
          new ActorEpoch(
              matcher.group(1), matcher.group(2), Long.parseUnsignedLong(matcher.group(3), 16)),
          Long.parseLong(matcher.group(4)));
    }
    return read;
  }

  /** A segment's line, without a line feed. */
  public static String line(LaneId lane, long sequence) {
    return "%s %s %x %d".formatted(lane.run(), lane.actor(), lane.epoch(), sequence);
  }

  private void add(ActorEpoch epoch, long sequence) {
    count++;
    missing.computeIfAbsent(epoch, key -> new SequenceSet()).add(sequence);
  }

  /** Lines read. */
  public long count() {
    return count;
  }

  /** A segment is in the log. */
  void inLog(Segment segment) {
    LaneId lane = segment.lane();
    SequenceSet sequences = missing.get(new ActorEpoch(lane.run(), lane.actor(), lane.epoch()));
    if (sequences != null) {
      sequences.remove(segment.sequence());
    }
  }

  /** What is not in the log. */
  Map<ActorEpoch, SequenceSet> missing() {
    return missing;
  }
}
