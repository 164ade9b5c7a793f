package dev.relive.log;

import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.util.zip.CRC32C;
import java.util.zip.DataFormatException;
import java.util.zip.Inflater;
import org.jspecify.annotations.Nullable;

/**
 * Reads the archives of a file one after the other, see {@link ArchiveLayout}; holds one block in
 * memory. Every fault of the file ends it with a {@link LogException} that names the file.
 */
final class ArchiveReader implements AutoCloseable {
  private final String name;
  private final InputStream in;
  private final Inflater inflater = new Inflater();
  private final CRC32C blockChecksums = new CRC32C();

  private long position;
  private byte[] stored = new byte[ArchiveLayout.FULL_BLOCK];
  private byte[] inflated = new byte[ArchiveLayout.FULL_BLOCK];
  private ByteBuffer block = ByteBuffer.allocate(0);
  private int recordsInBlock;
  private int blocks;
  private long records;
  private @Nullable ArchivedRecord next;
  private boolean ended = true;

  /**
   * @param name the file's, for messages
   * @param in the caller's to close
   */
  ArchiveReader(String name, InputStream in) {
    this.name = name;
    this.in = in;
  }

  /** Begins the next run, once the one before has {@link #end}ed; false at the file's end. */
  boolean nextRun() throws IOException {
    if (!ended) {
      throw new IllegalStateException("The run before was not read to its end.");
    }
    byte[] header = new byte[ArchiveLayout.HEADER_BYTES];
    int size = read(header, header.length);
    if (size == 0 && position > 0) {
      return false;
    }
    if (size < header.length && position > size) {
      throw cut();
    }
    checkHeader(header, size);
    blockChecksums.reset();
    blocks = 0;
    records = 0;
    ended = false;
    advance();
    return true;
  }

  private void checkHeader(byte[] header, int size) {
    if (size < header.length || !ArchiveLayout.hasMagic(header)) {
      throw new LogException(
          position > size
              ? damaged(position - size, "nothing of an archive's begins there")
              : "The file %s is no archive of Relive's runs.".formatted(name));
    }
    if (!ArchiveLayout.isWholeHeader(header)) {
      throw new LogException(damaged(position - size, "the header has another checksum"));
    }
    long version = ArchiveLayout.version(header);
    if (version != ArchiveLayout.VERSION) {
      throw new LogException(
          "The file %s is an archive in format %d, and this program reads format %d."
              .formatted(name, version, ArchiveLayout.VERSION));
    }
  }

  /** The next record where it is of this kind; null where it is not, or there is none. */
  @Nullable ArchivedRecord next(RecordKind kind) throws IOException {
    ArchivedRecord record = next;
    if (record == null || record.kind() != kind) {
      return null;
    }
    advance();
    return record;
  }

  /** Ends a run, all of whose records must have been taken. */
  void end() {
    if (next != null) {
      throw new LogException(
          damaged(position, "a %s stands where none belongs".formatted(next.kind())));
    }
  }

  /** How much of the file has been read, in bytes. */
  long position() {
    return position;
  }

  private void advance() throws IOException {
    while (recordsInBlock == 0 && !ended) {
      readBlock();
    }
    next = ended ? null : readRecord();
  }

  private void readBlock() throws IOException {
    long start = position;
    byte[] header = new byte[ArchiveLayout.BLOCK_HEADER_BYTES];
    readFully(header, header.length);
    if (!ArchiveLayout.isWholeBlockHeader(header)) {
      throw new LogException(damaged(start, "the header of a block has another checksum"));
    }
    ByteBuffer fields = ArchiveLayout.littleEndian(header);
    if (header[0] == ArchiveLayout.END) {
      checkEnd(fields, start);
      ended = true;
    } else if (header[0] == ArchiveLayout.BLOCK) {
      readBlock(header, fields, start);
    } else {
      throw new LogException(damaged(start, "neither a block nor the end begins there"));
    }
  }

  private void readBlock(byte[] header, ByteBuffer fields, long start) throws IOException {
    int count = fields.getInt(4);
    int plainSize = fields.getInt(8);
    int storedSize = fields.getInt(12);
    if (!isBlockSize(plainSize) || !isBlockSize(storedSize) || count < 1) {
      throw new LogException(
          damaged(
              start,
              "a block of %d records has %d bytes, stored in %d"
                  .formatted(count, plainSize, storedSize)));
    }
    if (stored.length < storedSize) {
      stored = new byte[storedSize];
    }
    readFully(stored, storedSize);
    if (ArchiveLayout.checksum(stored, storedSize) != fields.getInt(16)) {
      throw new LogException(damaged(start, "the bytes of a block have another checksum"));
    }
    block = ArchiveLayout.littleEndian(plain(header[1], storedSize, plainSize, start));
    block.limit(plainSize);
    ArchiveLayout.add(blockChecksums, header);
    recordsInBlock = count;
    records += count;
    blocks++;
  }

  private static boolean isBlockSize(int size) {
    return size > 0 && size <= ArchiveLayout.LARGEST_BLOCK;
  }

  private byte[] plain(byte coding, int storedSize, int plainSize, long start) {
    if (coding == ArchiveLayout.PLAIN && storedSize == plainSize) {
      return stored;
    }
    if (coding != ArchiveLayout.DEFLATED) {
      throw new LogException(
          damaged(start, "a block has the coding %d".formatted(Byte.toUnsignedInt(coding))));
    }
    if (inflated.length < plainSize) {
      inflated = new byte[plainSize];
    }
    inflater.reset();
    inflater.setInput(stored, 0, storedSize);
    try {
      int size = inflater.inflate(inflated, 0, plainSize);
      // Reads the end of the compressed data, and finds no more.
      boolean more = inflater.inflate(new byte[1]) > 0;
      if (size == plainSize && !more && inflater.finished()) {
        return inflated;
      }
    } catch (DataFormatException e) {
      throw new LogException(damaged(start, "a block cannot be inflated"), e);
    }
    throw new LogException(
        damaged(start, "a block does not inflate to %d bytes".formatted(plainSize)));
  }

  private void checkEnd(ByteBuffer fields, long start) {
    if (fields.getLong(4) != records
        || fields.getInt(12) != blocks
        || fields.getInt(16) != (int) blockChecksums.getValue()) {
      throw new LogException(
          damaged(
              start,
              "%d records in %d blocks stand before the end, which tells of %d in %d, or of others"
                  .formatted(records, blocks, fields.getLong(4), fields.getInt(12))));
    }
  }

  private ArchivedRecord readRecord() {
    recordsInBlock--;
    if (block.remaining() < ArchiveLayout.RECORD_HEADER_BYTES) {
      throw unfitting();
    }
    int letter = block.get();
    long appendedAtMillis = block.getLong();
    int keySize = block.getInt();
    int valueSize = block.getInt();
    RecordKind kind = RecordKind.of(letter);
    if (kind == null) {
      throw new LogException(
          damaged(position, "a record has the unknown kind " + Integer.toHexString(letter)));
    }
    if (keySize < 0 || valueSize < 0 || (long) keySize + valueSize > block.remaining()) {
      throw unfitting();
    }
    byte[] key = new byte[keySize];
    byte[] value = new byte[valueSize];
    block.get(key).get(value);
    if (recordsInBlock == 0 && block.hasRemaining()) {
      throw unfitting();
    }
    return new ArchivedRecord(kind, appendedAtMillis, key, value);
  }

  private LogException unfitting() {
    return new LogException(damaged(position, "the records of a block do not fit into it"));
  }

  private void readFully(byte[] bytes, int size) throws IOException {
    if (read(bytes, size) < size) {
      throw cut();
    }
  }

  private int read(byte[] bytes, int size) throws IOException {
    int count = in.readNBytes(bytes, 0, size);
    position += count;
    return count;
  }

  private LogException cut() {
    return new LogException(
        "The file %s was cut: it ends at byte %d, within a run.".formatted(name, position));
  }

  /** Of a fault in what a run's records say. */
  LogException fault(String fault) {
    return new LogException("The file %s holds what no run has: %s".formatted(name, fault));
  }

  private String damaged(long at, String fault) {
    return "The file %s is damaged at byte %d: %s.".formatted(name, at, fault);
  }

  @Override
  public void close() {
    inflater.end();
  }
}
