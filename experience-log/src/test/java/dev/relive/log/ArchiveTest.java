package dev.relive.log;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.time.Clock;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Objects;
import java.util.Random;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import net.jqwik.api.constraints.Positive;
import org.junit.jupiter.api.Test;

/** What stands in an archive, and what is said of one that is not as it should be. */
class ArchiveTest {
  private static final byte[] SMALL = archive(ArchivedRuns.records(12));

  @Test
  void givesBackWhatWasWritten() throws IOException {
    List<ArchivedRecord> records = ArchivedRuns.records(3_000); // more than one block
    assertSame(records, read(archive(records)));
  }

  @Test
  void holdsRecordsOfAnySize() throws IOException {
    List<ArchivedRecord> records = new ArrayList<>(ArchivedRuns.records(1));
    for (int size : new int[] {0, 1, 1 << 20, (1 << 20) + 1, 5 << 20}) {
      byte[] noise = new byte[size];
      new Random(size).nextBytes(noise);
      records.add(new ArchivedRecord(RecordKind.SEGMENT, 5, "run/a".getBytes(UTF_8), noise));
    }
    assertSame(records, read(archive(records)));
  }

  @Test
  void refusesARecordThatNoLogTakes() throws IOException {
    byte[] value = new byte[ArchiveLayout.LARGEST_BLOCK];
    try (ArchiveWriter writer = new ArchiveWriter(new ByteArrayOutputStream())) {
      LogException refusal =
          assertThrows(
              LogException.class,
              () -> writer.add(new ArchivedRecord(RecordKind.SEGMENT, 5, new byte[1], value)));
      assertEquals(
          "A SEGMENT has 17825810 bytes, and an archive takes records of at most 17825792.",
          refusal.getMessage());
    }
  }

  @Test
  void holdsSeveralRunsOneAfterTheOther() throws IOException {
    byte[] two = Arrays.copyOf(SMALL, 2 * SMALL.length);
    System.arraycopy(SMALL, 0, two, SMALL.length, SMALL.length);
    assertEquals(2, check(two));
    assertSaid(
        "The file f was cut: it ends at byte %d, within a run.".formatted(SMALL.length + 7),
        Arrays.copyOf(two, SMALL.length + 7));
  }

  @Test
  void saysWhatIsNoArchive() {
    assertSaid("The file f is no archive of Relive's runs.", new byte[0]);
    assertSaid("The file f is no archive of Relive's runs.", "PK".getBytes(UTF_8));
    assertSaid("The file f is no archive of Relive's runs.", new byte[100]);
    byte[] trailing = Arrays.copyOf(SMALL, SMALL.length + 100);
    assertSaid(
        "The file f is damaged at byte %d: nothing of an archive's begins there."
            .formatted(SMALL.length),
        trailing);
  }

  @Test
  void saysWhatIsFromTheFuture() {
    byte[] future = SMALL.clone();
    future[8] = 2;
    ArchiveLayout.littleEndian(future).putInt(12, ArchiveLayout.checksum(future, 12));
    assertSaid("The file f is an archive in format 2, and this program reads format 1.", future);
  }

  @Test
  void saysWhatARunCannotHold() {
    List<ArchivedRecord> records = ArchivedRuns.records(2);
    assertSaid(
        "The file f holds what no run has: nothing says what the run is.",
        archive(records.subList(1, 3)));
    byte[] foreign = SegmentCodec.encode(TestSegments.of("other", "actor", 0));
    assertSaid(
        "The file f holds what no run has: a segment of another run stands among those of its run.",
        archive(
            List.of(
                records.get(0),
                new ArchivedRecord(
                    RecordKind.SEGMENT, 0, "other/actor".getBytes(UTF_8), foreign))));
    String swapped = said(archive(List.of(records.get(0), records.get(1), records.get(0))));
    assertTrue(swapped.endsWith(": a RUN_SPEC stands where none belongs."), swapped);
  }

  /** A file that ends anywhere before its end is never taken for a whole one. */
  @Property(tries = 300)
  void noticesWhereItWasCut(@ForAll @IntRange(max = 100_000) int at) {
    int size = at % SMALL.length;
    String said = said(Arrays.copyOf(SMALL, size));
    String expected =
        size < ArchiveLayout.HEADER_BYTES
            ? "The file f is no archive of Relive's runs."
            : "The file f was cut: it ends at byte %d, within a run.".formatted(size);
    assertEquals(expected, said);
  }

  /** One sentence for every changed byte, and no attempt to hold what a number in it says. */
  @Property(tries = 2_000)
  void noticesEveryChangedByte(
      @ForAll @IntRange(max = 100_000) int at, @ForAll @Positive byte change) {
    byte[] changed = SMALL.clone();
    changed[at % SMALL.length] ^= change;
    String said = said(changed);
    assertTrue(said.startsWith("The file f ") && said.endsWith("."), said);
  }

  /** Reads the format as it was released: a block deflated, one as it is. */
  @Test
  void readsFormat1() throws IOException {
    try (InputStream golden = ArchiveTest.class.getResourceAsStream("/golden/archive-v1.relive")) {
      byte[] file = Objects.requireNonNull(golden, "The golden archive is missing.").readAllBytes();
      List<ArchivedRecord> records = read(file);
      assertSame(ArchivedRuns.records(12), records.subList(0, 13));
      ArchivedRecord evaluation = records.get(13);
      assertEquals(RecordKind.EVALUATION, evaluation.kind());
      assertArrayEquals(noise(), evaluation.value());
      assertEquals(14, records.size());
      assertEquals(ArchiveLayout.DEFLATED, file[17]);
    }
  }

  /** What cannot be deflated. */
  static byte[] noise() {
    byte[] noise = new byte[1 << 12];
    for (int i = 0, x = 1; i < noise.length; i++) {
      x = x * 1_664_525 + 1_013_904_223;
      noise[i] = (byte) (x >>> 24);
    }
    return noise;
  }

  static byte[] archive(List<ArchivedRecord> records) {
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    try (ArchiveWriter writer = new ArchiveWriter(out)) {
      for (ArchivedRecord record : records) {
        writer.add(record);
      }
      writer.end();
    } catch (IOException e) {
      throw new IllegalStateException(e);
    }
    return out.toByteArray();
  }

  private static List<ArchivedRecord> read(byte[] file) throws IOException {
    List<ArchivedRecord> records = new ArrayList<>();
    try (ArchiveReader reader = new ArchiveReader("f", new ByteArrayInputStream(file))) {
      assertTrue(reader.nextRun());
      for (RecordKind kind :
          List.of(RecordKind.RUN_SPEC, RecordKind.SEGMENT, RecordKind.EVALUATION)) {
        for (ArchivedRecord next = reader.next(kind); next != null; next = reader.next(kind)) {
          records.add(next);
        }
      }
      reader.end();
      assertNull(reader.next(RecordKind.SEGMENT));
      assertEquals(file.length, reader.position());
      assertFalse(reader.nextRun());
    }
    return records;
  }

  private static int check(byte[] file) throws IOException {
    return new RunImport(LogConnection.to("nowhere:1"), Clock.systemUTC(), TransferListener.NONE)
        .check("f", new ByteArrayInputStream(file), file.length);
  }

  private static void assertSaid(String sentence, byte[] file) {
    assertEquals(sentence, said(file));
  }

  private static String said(byte[] file) {
    return String.valueOf(assertThrows(LogException.class, () -> check(file)).getMessage());
  }

  private static void assertSame(List<ArchivedRecord> expected, List<ArchivedRecord> actual) {
    assertEquals(expected.size(), actual.size());
    for (int i = 0; i < expected.size(); i++) {
      assertEquals(expected.get(i).kind(), actual.get(i).kind());
      assertEquals(expected.get(i).appendedAtMillis(), actual.get(i).appendedAtMillis());
      assertArrayEquals(expected.get(i).key(), actual.get(i).key());
      assertArrayEquals(expected.get(i).value(), actual.get(i).value());
    }
  }
}
