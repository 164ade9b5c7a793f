package dev.relive.log;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.ByteBuffer;
import java.util.Arrays;
import java.util.Random;
import net.jqwik.api.Assume;
import net.jqwik.api.Example;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import net.jqwik.api.constraints.Size;
import net.jqwik.api.domains.Domain;
import net.jqwik.api.domains.DomainContext;

/** What holds of every segment and of everything that a damaged log may hold in its place. */
@Domain(RandomSegments.class)
@Domain(DomainContext.Global.class)
class SegmentCodecPropertiesTest {
  @Property
  void aSegmentSurvivesItsRecord(@ForAll Segment segment) throws Exception {
    byte[] record = SegmentCodec.encode(segment);
    Segment decoded = decode(record);

    assertEquals(segment, decoded);
    assertEquals(segment.hashCode(), decoded.hashCode());
    assertArrayEquals(record, SegmentCodec.encode(decoded));
    assertEquals(segment, decode(Forgery.withField99(record, "from a later program")));
  }

  @Property
  void anyChangeOfAByteIsNoticed(
      @ForAll Segment segment, @ForAll @IntRange(min = 0) int place, @ForAll byte value) {
    byte[] record = SegmentCodec.encode(segment);
    int index = place % record.length;
    Assume.that(record[index] != value);

    assertRejected(Forgery.replace(record, index, value));
  }

  @Example
  void everyChangeOfEveryByteIsNoticed() {
    byte[] record = SegmentCodec.encode(SegmentExamples.threeSteps());
    for (int index = 0; index < record.length; index++) {
      for (int value = 0; value < 256; value++) {
        if ((byte) value != record[index]) {
          assertRejected(Forgery.replace(record, index, value));
        }
      }
    }
  }

  @Property(tries = 100)
  void everyTruncationIsNoticed(@ForAll Segment segment) {
    byte[] record = SegmentCodec.encode(segment);
    for (int size = 0; size < record.length; size++) {
      assertRejected(Arrays.copyOf(record, size));
      assertRejected(Arrays.copyOfRange(record, record.length - size, record.length));
    }
  }

  @Property
  void foreignBytesAreForeign(@ForAll @Size(max = 200) byte[] bytes) {
    Assume.that(bytes.length < 3 || bytes[0] != 0x0d || bytes[1] != 'R' || bytes[2] != 'L');

    assertEquals(RejectionReason.FOREIGN, rejection(bytes).reason());
  }

  @Property
  void twoRecordsSplicedIntoOneAreNoticed(
      @ForAll Segment first,
      @ForAll Segment second,
      @ForAll @IntRange(min = 0) int place,
      @ForAll @IntRange(min = 0) int otherPlace) {
    byte[] head = SegmentCodec.encode(first);
    byte[] tail = SegmentCodec.encode(second);
    byte[] spliced =
        Forgery.concatenate(
            Arrays.copyOf(head, place % (head.length + 1)),
            Arrays.copyOfRange(tail, otherPlace % (tail.length + 1), tail.length));
    Assume.that(!Arrays.equals(spliced, head) && !Arrays.equals(spliced, tail));

    assertRejected(spliced);
    assertRejected(Forgery.concatenate(head, tail));
  }

  @Property(tries = 3000)
  void bytesChangedUnderAFittingChecksumAreASegmentOrRejected(
      @ForAll Segment segment, @ForAll @IntRange(min = 1, max = 4) int changes, @ForAll long seed) {
    byte[] record = SegmentCodec.encode(segment);
    Random random = new Random(seed);
    for (int i = 0; i < changes; i++) {
      // The first bytes hold what is not column data, so most changes go there.
      int index =
          5 + random.nextInt(Math.min(record.length - 10, random.nextBoolean() ? 90 : 9999));
      record[index] = (byte) random.nextInt();
    }
    assertDecodesConsistentlyOrIsRejected(Forgery.reseal(record));
  }

  @Property
  void anyFieldsUnderAFittingChecksumAreASegmentOrRejected(
      @ForAll Segment segment, @ForAll @Size(max = 60) byte[] fields) {
    assertDecodesConsistentlyOrIsRejected(Forgery.append(SegmentCodec.encode(segment), fields));
  }

  @Property
  void whatARecordClaimsIsNotAllocated(
      @ForAll Segment segment, @ForAll @Size(max = 30) byte[] fields) {
    byte[] forged = Forgery.append(SegmentCodec.encode(segment), fields);
    long allocated = Allocation.bytes(() -> isRejected(forged));

    assertTrue(
        allocated < 200_000 + 100L * forged.length,
        () -> allocated + " bytes for a record of " + forged.length);
  }

  private static void assertDecodesConsistentlyOrIsRejected(byte[] record) {
    Segment segment;
    try {
      segment = decode(record);
    } catch (RejectedRecordException e) {
      String sentence = String.valueOf(e.getMessage());
      assertTrue(sentence.endsWith(".") && sentence.length() < 1000, sentence);
      return;
    }
    float[] observations =
        new float[segment.observations().rows() * segment.observations().rowElements()];
    segment.observations().copyRows(0, segment.length() + 1, observations, 0);
    try {
      assertEquals(segment, decode(SegmentCodec.encode(segment)));
    } catch (RejectedRecordException e) {
      throw new AssertionError("What was read can be written.", e);
    }
  }

  private static boolean isRejected(byte[] record) {
    try {
      decode(record);
      return false;
    } catch (RejectedRecordException e) {
      return true;
    }
  }

  private static void assertRejected(byte[] record) {
    assertTrue(isRejected(record), () -> "accepted: " + Arrays.toString(record));
  }

  private static RejectedRecordException rejection(byte[] record) {
    return assertThrows(RejectedRecordException.class, () -> decode(record));
  }

  private static Segment decode(byte[] record) throws RejectedRecordException {
    return SegmentCodec.decode(ByteBuffer.wrap(record));
  }
}
