package dev.relive.log;

import com.google.protobuf.ByteString;
import com.google.protobuf.UnknownFieldSet;
import java.io.ByteArrayOutputStream;
import java.util.Arrays;

/** Records as no writer of this version makes them, but with a checksum that fits. */
final class Forgery {
  /** The checksum's tag and value. */
  static final int TAIL = 5;

  private Forgery() {}

  /** The record with its checksum made to fit its bytes. */
  static byte[] reseal(byte[] record) {
    byte[] forged = record.clone();
    int crc = crc32c(forged, forged.length - TAIL);
    for (int i = 0; i < 4; i++) {
      forged[forged.length - 4 + i] = (byte) (crc >> (8 * i));
    }
    return forged;
  }

  /** The record with more bytes between its last field and its checksum. */
  static byte[] append(byte[] record, byte... bytes) {
    ByteArrayOutputStream forged = new ByteArrayOutputStream();
    forged.write(record, 0, record.length - TAIL);
    forged.writeBytes(bytes);
    forged.write(record, record.length - TAIL, TAIL);
    return reseal(forged.toByteArray());
  }

  /** The record with a field 99, as a later program of the same format may write. */
  static byte[] withField99(byte[] record, String text) {
    return append(record, field99(text).toByteArray());
  }

  static UnknownFieldSet field99(String text) {
    return UnknownFieldSet.newBuilder()
        .addField(
            99,
            UnknownFieldSet.Field.newBuilder()
                .addLengthDelimited(ByteString.copyFromUtf8(text))
                .build())
        .build();
  }

  /** The record with one byte replaced and its checksum as it was. */
  static byte[] replace(byte[] record, int index, int value) {
    byte[] forged = record.clone();
    forged[index] = (byte) value;
    return forged;
  }

  static byte[] concatenate(byte[] head, byte[] tail) {
    byte[] both = Arrays.copyOf(head, head.length + tail.length);
    System.arraycopy(tail, 0, both, head.length, tail.length);
    return both;
  }

  /** CRC-32C by its definition: reflected, polynomial 0x1EDC6F41, bit by bit. */
  static int crc32c(byte[] bytes, int size) {
    int crc = -1;
    for (int i = 0; i < size; i++) {
      crc ^= bytes[i] & 0xff;
      for (int bit = 0; bit < 8; bit++) {
        crc = (crc >>> 1) ^ ((crc & 1) * 0x82f63b78);
      }
    }
    return ~crc;
  }
}
