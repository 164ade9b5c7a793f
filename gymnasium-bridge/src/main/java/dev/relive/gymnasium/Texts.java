package dev.relive.gymnasium;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.nio.ByteBuffer;

/** Texts in replies: their length in bytes, and UTF-8. */
final class Texts {
  private Texts() {}

  /** Reads a text, whose length is checked before anything is allocated. */
  static String read(ByteBuffer reply) {
    int length = reply.getInt();
    if (length < 0 || length > reply.remaining()) {
      throw new IllegalStateException(
          "A text of %d bytes stands where %d are left.".formatted(length, reply.remaining()));
    }
    byte[] bytes = new byte[length];
    reply.get(bytes);
    return new String(bytes, UTF_8);
  }
}
