package dev.relive.log;

import java.io.IOException;
import java.io.OutputStream;
import java.nio.ByteBuffer;
import java.util.zip.CRC32C;
import java.util.zip.Deflater;

/** Writes the archive of one run, see {@link ArchiveLayout}; holds one block of it in memory. */
final class ArchiveWriter implements AutoCloseable {
  private final OutputStream out;
  private final Deflater deflater = new Deflater(Deflater.BEST_SPEED);
  private final CRC32C blockChecksums = new CRC32C();

  private byte[] plainBytes = new byte[ArchiveLayout.FULL_BLOCK];
  private ByteBuffer plain = ArchiveLayout.littleEndian(plainBytes);
  private byte[] deflated = new byte[ArchiveLayout.FULL_BLOCK];
  private int recordsInBlock;
  private int blocks;
  private long records;

  /** Writes the header; the stream is the caller's to close. */
  ArchiveWriter(OutputStream out) throws IOException {
    this.out = out;
    out.write(ArchiveLayout.header());
  }

  /**
   * Adds a record.
   *
   * @throws LogException if it is larger than any that a log takes
   */
  void add(ArchivedRecord record) throws IOException {
    long size =
        ArchiveLayout.RECORD_HEADER_BYTES + (long) record.key().length + record.value().length;
    if (size > ArchiveLayout.LARGEST_BLOCK) {
      throw new LogException(
          "A %s has %d bytes, and an archive takes records of at most %d."
              .formatted(record.kind(), size, ArchiveLayout.LARGEST_BLOCK));
    }
    if (plain.remaining() < size) {
      writeBlock();
    }
    if (plain.remaining() < size) {
      plainBytes = new byte[(int) size];
      plain = ArchiveLayout.littleEndian(plainBytes);
    }
    plain
        .put((byte) record.kind().letter())
        .putLong(record.appendedAtMillis())
        .putInt(record.key().length)
        .putInt(record.value().length)
        .put(record.key())
        .put(record.value());
    recordsInBlock++;
  }

  /** Ends the block, however full it is. */
  void writeBlock() throws IOException {
    if (recordsInBlock == 0) {
      return;
    }
    int size = plain.position();
    int packed = deflate(size);
    boolean worthIt = packed < size;
    byte[] stored = worthIt ? deflated : plainBytes;
    int storedSize = worthIt ? packed : size;
    byte[] header =
        ArchiveLayout.blockHeader(
            worthIt ? ArchiveLayout.DEFLATED : ArchiveLayout.PLAIN,
            recordsInBlock,
            size,
            stored,
            storedSize);
    out.write(header);
    out.write(stored, 0, storedSize);
    ArchiveLayout.add(blockChecksums, header);
    blocks++;
    records += recordsInBlock;
    recordsInBlock = 0;
    plain.clear();
  }

  /** Returns the deflated size, or {@code size} where that saves nothing. */
  private int deflate(int size) {
    if (deflated.length < size) {
      deflated = new byte[size];
    }
    deflater.reset();
    deflater.setInput(plainBytes, 0, size);
    deflater.finish();
    int packed = deflater.deflate(deflated, 0, size);
    return deflater.finished() ? packed : size;
  }

  /** Writes what is left and the end. Without it the archive is as one that was cut. */
  void end() throws IOException {
    writeBlock();
    out.write(ArchiveLayout.end(records, blocks, (int) blockChecksums.getValue()));
  }

  @Override
  public void close() {
    deflater.end();
  }
}
