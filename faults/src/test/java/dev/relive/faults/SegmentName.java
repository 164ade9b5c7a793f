package dev.relive.faults;

import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Which segment of a run one is. */
record SegmentName(Epoch epoch, int sequence) {
  private static final Pattern LINE = Pattern.compile("(\\S+) (\\S+) ([0-9a-f]{16}) (\\d+)");

  /** One process start of an actor. */
  record Epoch(String actor, long number) {
    @Override
    public String toString() {
      return "%s epoch %016x".formatted(actor, number);
    }
  }

  /** How a producer says that a segment is in the log: run, actor, epoch, sequence. */
  static String line(String run, String actor, long epoch, long sequence) {
    return "%s %s %016x %d".formatted(run, actor, epoch, sequence);
  }

  static SegmentName of(String line) {
    Matcher parts = LINE.matcher(line);
    if (!parts.matches()) {
      throw new IllegalArgumentException("'" + line + "' names no segment");
    }
    return new SegmentName(
        new Epoch(parts.group(2), Long.parseUnsignedLong(parts.group(3), 16)),
        Integer.parseInt(parts.group(4)));
  }
}
