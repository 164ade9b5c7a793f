package dev.relive.gymnasium;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/** The payload of a request while it is put together. Numbers are little-endian. */
final class Payload {
  private final List<byte[]> parts = new ArrayList<>();

  Payload add(boolean value) {
    return add(new byte[] {(byte) (value ? 1 : 0)});
  }

  Payload add(int value) {
    return add(buffer(Integer.BYTES).putInt(value).array());
  }

  Payload add(long value) {
    return add(buffer(Long.BYTES).putLong(value).array());
  }

  Payload add(String text) {
    byte[] bytes = text.getBytes(UTF_8);
    return add(bytes.length).add(bytes);
  }

  Payload add(Map<String, String> values) {
    add(values.size());
    values.forEach((name, value) -> add(name).add(value));
    return this;
  }

  private Payload add(byte[] bytes) {
    parts.add(bytes);
    return this;
  }

  byte[] bytes() {
    byte[] all = new byte[parts.stream().mapToInt(part -> part.length).sum()];
    int offset = 0;
    for (byte[] part : parts) {
      System.arraycopy(part, 0, all, offset, part.length);
      offset += part.length;
    }
    return all;
  }

  private static ByteBuffer buffer(int bytes) {
    return ByteBuffer.allocate(bytes).order(ByteOrder.LITTLE_ENDIAN);
  }
}
