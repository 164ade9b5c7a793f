package dev.relive.log;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.zip.CRC32C;

/**
 * How an archive of runs lies in a file: for each run a header, its records in blocks, and an end
 * that tells a whole archive from one that was cut. All numbers are little-endian.
 *
 * <pre>
 *   header     0             8          12         16
 *              +--- … ------+----------+----------+
 *              | magic      | version  | crc32c   |   of bytes 0 … 11
 *              +--- … ------+----------+----------+
 *
 *   block      0     1        2      4         8         12         16         20         24
 *              +-----+--------+------+---------+---------+----------+----------+----------+--- … ----+
 *              | 'B' | coding | 0, 0 | records | plain   | stored   | crc32c   | crc32c   | stored   |
 *              |     |        |      |         | bytes   | bytes    | of them  | of 0…19  | bytes    |
 *              +-----+--------+------+---------+---------+----------+----------+----------+--- … ----+
 *
 *   end        0     1         4                    12        16         20         24
 *              +-----+---------+--------------------+---------+----------+----------+
 *              | 'E' | 0, 0, 0 | records            | blocks  | crc32c   | crc32c   |
 *              |     |         |                    |         | of bytes 20…23 of   |
 *              |     |         |                    |         | all blocks, of 0…19 |
 *              +-----+---------+--------------------+---------+----------+----------+
 *
 *   record     0      1                  9            13             17
 *   in a plain +------+------------------+------------+--------------+--- … --+--- … ----+
 *   block      | kind | milliseconds     | key length | value length | key    | value    |
 *              +------+------------------+------------+--------------+--- … --+--- … ----+
 * </pre>
 */
final class ArchiveLayout {
  /** The newest format. */
  static final int VERSION = 1;

  static final int HEADER_BYTES = 16;
  static final int BLOCK_HEADER_BYTES = 24;
  static final int RECORD_HEADER_BYTES = 17;

  /** Blocks are full here, unless one record alone is larger. */
  static final int FULL_BLOCK = 1 << 20;

  /** No block is larger: a record that a log takes, and its key. */
  static final int LARGEST_BLOCK = LogConnection.LARGEST_RECORD + FULL_BLOCK;

  static final byte BLOCK = 'B';
  static final byte END = 'E';

  /** As they are. */
  static final byte PLAIN = 0;

  /** In zlib's format. */
  static final byte DEFLATED = 1;

  /** Begins like a PNG: what treats the file as text on its way is noticed at once. */
  private static final byte[] MAGIC = {(byte) 0x89, 'R', 'L', 'X', '\r', '\n', 0x1a, '\n'};

  private static final int MAGIC_AND_VERSION = MAGIC.length + Integer.BYTES;
  private static final int CHECKED_OF_BLOCK_HEADER = BLOCK_HEADER_BYTES - Integer.BYTES;

  private ArchiveLayout() {}

  static ByteBuffer littleEndian(byte[] bytes) {
    return ByteBuffer.wrap(bytes).order(ByteOrder.LITTLE_ENDIAN);
  }

  static byte[] header() {
    byte[] header = new byte[HEADER_BYTES];
    littleEndian(header).put(MAGIC).putInt(VERSION);
    seal(header, MAGIC_AND_VERSION);
    return header;
  }

  static boolean hasMagic(byte[] header) {
    return ByteBuffer.wrap(header, 0, MAGIC.length).equals(ByteBuffer.wrap(MAGIC));
  }

  static boolean isWholeHeader(byte[] header) {
    return littleEndian(header).getInt(MAGIC_AND_VERSION) == checksum(header, MAGIC_AND_VERSION);
  }

  /** From 0 to 2³² − 1. */
  static long version(byte[] header) {
    return Integer.toUnsignedLong(littleEndian(header).getInt(MAGIC.length));
  }

  static byte[] blockHeader(byte coding, int records, int plainBytes, byte[] stored, int size) {
    byte[] header = new byte[BLOCK_HEADER_BYTES];
    littleEndian(header)
        .put(BLOCK)
        .put(coding)
        .putShort((short) 0)
        .putInt(records)
        .putInt(plainBytes)
        .putInt(size)
        .putInt(checksum(stored, size));
    seal(header, CHECKED_OF_BLOCK_HEADER);
    return header;
  }

  static byte[] end(long records, int blocks, int checksumOfBlocks) {
    byte[] end = new byte[BLOCK_HEADER_BYTES];
    littleEndian(end).putInt(END).putLong(records).putInt(blocks).putInt(checksumOfBlocks);
    seal(end, CHECKED_OF_BLOCK_HEADER);
    return end;
  }

  /** Writes behind the first bytes their checksum. */
  private static void seal(byte[] bytes, int size) {
    littleEndian(bytes).putInt(size, checksum(bytes, size));
  }

  /** Of a block, or of the end. */
  static boolean isWholeBlockHeader(byte[] header) {
    return seal(header) == checksum(header, CHECKED_OF_BLOCK_HEADER);
  }

  /** The checksum that a block's header ends with. */
  static int seal(byte[] blockHeader) {
    return littleEndian(blockHeader).getInt(CHECKED_OF_BLOCK_HEADER);
  }

  static int checksum(byte[] bytes, int size) {
    CRC32C crc = new CRC32C();
    crc.update(bytes, 0, size);
    return (int) crc.getValue();
  }

  /** Adds a block to the checksum that the end has of all of them. */
  static void add(CRC32C blocks, byte[] blockHeader) {
    blocks.update(blockHeader, CHECKED_OF_BLOCK_HEADER, Integer.BYTES);
  }
}
