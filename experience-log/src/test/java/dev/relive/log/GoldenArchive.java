package dev.relive.log;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;

/**
 * The golden archive of format 1, which every later program must read. Written once, as {@link
 * GoldenFiles} says, and never again; other Javas deflate the same to other bytes.
 */
final class GoldenArchive {
  private GoldenArchive() {}

  /** Writes the archive to the file that the first argument names: in two blocks, one deflated. */
  public static void main(String[] arguments) throws IOException {
    try (OutputStream out = Files.newOutputStream(Path.of(arguments[0]));
        ArchiveWriter writer = new ArchiveWriter(out)) {
      for (ArchivedRecord record : ArchivedRuns.records(12)) {
        writer.add(record);
      }
      writer.writeBlock();
      writer.add(
          new ArchivedRecord(RecordKind.EVALUATION, 7, "run".getBytes(UTF_8), ArchiveTest.noise()));
      writer.end();
    }
  }
}
