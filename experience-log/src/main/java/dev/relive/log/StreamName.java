package dev.relive.log;

import java.io.ByteArrayOutputStream;
import java.nio.ByteBuffer;
import java.nio.CharBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.util.HexFormat;

/**
 * A stream's name in Kafka's alphabet: ASCII letters, digits and '-' stay, every other byte of its
 * UTF-8 form becomes '_' and two hexadecimal digits. Different names stay different.
 */
final class StreamName {
  private static final HexFormat HEX = HexFormat.of();

  private StreamName() {}

  static String escape(String name) {
    ByteBuffer bytes;
    try {
      bytes = StandardCharsets.UTF_8.newEncoder().encode(CharBuffer.wrap(name));
    } catch (CharacterCodingException e) {
      throw new LogException("The stream name '%s' is not valid Unicode.".formatted(name), e);
    }
    StringBuilder escaped = new StringBuilder(bytes.remaining());
    while (bytes.hasRemaining()) {
      byte b = bytes.get();
      if (isPlain(b)) {
        escaped.append((char) b);
      } else {
        HEX.toHexDigits(escaped.append('_'), b);
      }
    }
    return escaped.toString();
  }

  /** The name that was escaped. */
  static String unescape(String escaped) {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream(escaped.length());
    int i = 0;
    while (i < escaped.length()) {
      char c = escaped.charAt(i);
      if (c == '_') {
        bytes.write(HexFormat.fromHexDigits(escaped, i + 1, i + 3));
        i += 3;
      } else {
        bytes.write(c);
        i++;
      }
    }
    return bytes.toString(StandardCharsets.UTF_8);
  }

  private static boolean isPlain(byte b) {
    return (b >= 'a' && b <= 'z') || (b >= 'A' && b <= 'Z') || (b >= '0' && b <= '9') || b == '-';
  }
}
