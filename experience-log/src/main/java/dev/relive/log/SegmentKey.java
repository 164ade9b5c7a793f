package dev.relive.log;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;

/** The key of a segment's record, {@code run/actor} in UTF-8, compared without decoding it. */
final class SegmentKey {
  private static final byte SLASH = '/';

  private SegmentKey() {}

  /**
   * The key for a run's actor.
   *
   * @throws LogException if a name is empty or contains a slash
   */
  static byte[] of(String run, String actor) {
    requireName("run", run);
    requireName("actor", actor);
    return (run + "/" + actor).getBytes(StandardCharsets.UTF_8);
  }

  /** The bytes with which the keys of a run's segments begin. */
  static byte[] prefix(String run) {
    return (run + "/").getBytes(StandardCharsets.UTF_8);
  }

  static void requireName(String what, String name) {
    if (name.isEmpty() || name.indexOf('/') >= 0) {
      throw new LogException(
          "The %s '%s' must be a name without '/', since keys are run/actor."
              .formatted(what, name));
    }
  }

  /** Whether it is two names with one slash between them. */
  static boolean isWellFormed(ByteBuffer key) {
    int slash = -1;
    for (int i = key.position(); i < key.limit(); i++) {
      if (key.get(i) == SLASH) {
        if (slash >= 0) {
          return false;
        }
        slash = i;
      }
    }
    return slash > key.position() && slash < key.limit() - 1;
  }

  static boolean startsWith(ByteBuffer key, byte[] prefix) {
    if (key.remaining() < prefix.length) {
      return false;
    }
    int start = key.position();
    for (int i = 0; i < prefix.length; i++) {
      if (key.get(start + i) != prefix[i]) {
        return false;
      }
    }
    return true;
  }
}
