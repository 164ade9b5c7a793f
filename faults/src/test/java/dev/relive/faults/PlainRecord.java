package dev.relive.faults;

import com.google.protobuf.InvalidProtocolBufferException;
import com.google.protobuf.Parser;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.zip.CRC32C;

/** A record as {@code docs/wire-format.md} describes it, read without Relive's own reader. */
final class PlainRecord {
  private static final int ENVELOPE_BYTES = 10;
  private static final int TAIL_BYTES = 5;

  private PlainRecord() {}

  /**
   * The message in a record.
   *
   * @param kind the letter of its kind
   */
  static <T> T message(byte[] record, char kind, Parser<T> parser) {
    int size = record.length;
    require(size >= ENVELOPE_BYTES, "is too short");
    require(record[0] == 0x0d && record[1] == 'R' && record[2] == 'L', "is foreign");
    require(record[3] == kind && record[4] == 1, "is of another kind or format");
    require(record[size - TAIL_BYTES] == 0x7d, "does not end in a checksum");
    CRC32C checksum = new CRC32C();
    checksum.update(record, 0, size - TAIL_BYTES);
    int stored = ByteBuffer.wrap(record).order(ByteOrder.LITTLE_ENDIAN).getInt(size - 4);
    require(stored == (int) checksum.getValue(), "is damaged");
    try {
      return parser.parseFrom(record);
    } catch (InvalidProtocolBufferException e) {
      throw new IllegalArgumentException("A record is no message of kind " + kind, e);
    }
  }

  private static void require(boolean condition, String failure) {
    if (!condition) {
      throw new IllegalArgumentException("A record " + failure + ".");
    }
  }
}
