package dev.relive.log;

import java.time.Instant;

/** Where in a partition reading begins. */
public sealed interface StartAt {
  /** At an offset, which must be within the log. */
  record Offset(long offset) implements StartAt {}

  /** At the first record that the broker appended at or after a time. */
  record Time(Instant time) implements StartAt {}

  /** At the oldest record there is. */
  record Beginning() implements StartAt {}

  /** After the newest record there is. */
  record End() implements StartAt {}
}
