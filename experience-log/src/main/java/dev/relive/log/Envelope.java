package dev.relive.log;

import com.google.protobuf.CodedInputStream;
import com.google.protobuf.CodedOutputStream;
import com.google.protobuf.InvalidProtocolBufferException;
import com.google.protobuf.MessageLite;
import com.google.protobuf.Parser;
import com.google.protobuf.UnsafeByteOperations;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.zip.CRC32C;

/**
 * The frame of every record: a magic number in front, a checksum behind, valid protobuf as a whole.
 *
 * <pre>
 *   byte 0        1     2     3      4          5 …          n-5       n-4 … n-1
 *        +--------+-----+-----+------+---------+--- … ------+---------+-----------+
 *        | 0x0d   | 'R' | 'L' | kind | version | the fields | 0x7d    | crc32c LE |
 *        +--------+-----+-----+------+---------+--- … ------+---------+-----------+
 * </pre>
 */
final class Envelope {
  /** The newest format of every kind. */
  static final int VERSION = 1;

  private static final byte MAGIC_TAG = 0x0d;
  private static final byte CHECKSUM_TAG = 0x7d;
  private static final int HEAD = 5;
  private static final int TAIL = 5;

  private Envelope() {}

  /** The magic number of a kind, as field 1 of its message holds it. */
  static int magic(RecordKind kind) {
    return 'R' | 'L' << 8 | kind.letter() << 16 | VERSION << 24;
  }

  /**
   * A message as a record.
   *
   * @param message has its magic number in field 1 and no checksum
   */
  static byte[] seal(MessageLite message) {
    int size = message.getSerializedSize();
    byte[] record = new byte[size + TAIL];
    try {
      message.writeTo(CodedOutputStream.newInstance(record, 0, size));
    } catch (IOException e) {
      throw new UncheckedIOException("A message outgrew its own size.", e);
    }
    record[size] = CHECKSUM_TAG;
    ByteBuffer.wrap(record)
        .order(ByteOrder.LITTLE_ENDIAN)
        .putInt(size + 1, checksum(record, 0, size));
    return record;
  }

  /**
   * A record's message, once its frame has been checked. Byte fields of the message alias the
   * record.
   *
   * @param record the remaining bytes, backed by an accessible array; not moved
   * @throws RejectedRecordException when the record is foreign, of another kind, from the future or
   *     damaged
   */
  static <T> T open(ByteBuffer record, RecordKind expected, Parser<T> parser)
      throws RejectedRecordException {
    byte[] array = record.array();
    int start = record.arrayOffset() + record.position();
    int size = record.remaining();
    checkHead(array, start, size, expected);
    checkIntegrity(array, start, size);
    CodedInputStream input =
        UnsafeByteOperations.unsafeWrap(array, start, size - TAIL).newCodedInput();
    input.enableAliasing(true);
    try {
      return parser.parseFrom(input);
    } catch (InvalidProtocolBufferException e) {
      throw new RejectedRecordException(
          RejectionReason.CORRUPT, "The " + expected + " does not parse: " + e.getMessage());
    }
  }

  private static void checkHead(byte[] array, int start, int size, RecordKind expected)
      throws RejectedRecordException {
    if (size < HEAD + TAIL
        || array[start] != MAGIC_TAG
        || array[start + 1] != 'R'
        || array[start + 2] != 'L') {
      throw new RejectedRecordException(
          RejectionReason.FOREIGN, "The record of " + size + " bytes is none of Relive's.");
    }
    int letter = array[start + 3] & 0xff;
    int version = array[start + 4] & 0xff;
    RecordKind kind = letter == expected.letter() ? expected : RecordKind.of(letter);
    if (kind == null || version == 0) {
      throw new RejectedRecordException(
          RejectionReason.FOREIGN,
          "The record has the unknown kind " + letter + " in format " + version + ".");
    }
    if (kind != expected) {
      throw new RejectedRecordException(
          RejectionReason.UNEXPECTED_KIND,
          "The record is a " + kind + " where a " + expected + " belongs.");
    }
    if (version > VERSION) {
      throw new RejectedRecordException(
          RejectionReason.FUTURE_FORMAT,
          "The record has format " + version + ", and this program reads up to " + VERSION + ".");
    }
  }

  private static void checkIntegrity(byte[] array, int start, int size)
      throws RejectedRecordException {
    if (array[start + size - TAIL] != CHECKSUM_TAG) {
      throw new RejectedRecordException(
          RejectionReason.CORRUPT, "The record of " + size + " bytes does not end in a checksum.");
    }
    int stored =
        ByteBuffer.wrap(array).order(ByteOrder.LITTLE_ENDIAN).getInt(start + size - TAIL + 1);
    int computed = checksum(array, start, size - TAIL);
    if (computed != stored) {
      throw new RejectedRecordException(
          RejectionReason.CORRUPT,
          String.format(
              "The record's checksum is %08x, and its bytes give %08x.", stored, computed));
    }
  }

  private static int checksum(byte[] array, int start, int size) {
    CRC32C crc = new CRC32C();
    crc.update(array, start, size);
    return (int) crc.getValue();
  }
}
