package dev.relive.log;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.google.protobuf.ByteString;
import com.google.protobuf.Message;
import com.google.protobuf.UnknownFieldSet;
import dev.relive.log.wire.ActorProgress;
import dev.relive.log.wire.Progress;
import java.nio.ByteBuffer;
import java.util.Arrays;
import java.util.List;
import java.util.function.Supplier;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Example;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import net.jqwik.api.constraints.IntRange;
import net.jqwik.api.constraints.Size;

/** What holds of records of every kind, segments included, whatever their bytes are. */
class RecordCodecPropertiesTest {
  /** The most that is allocated for each byte of a record, beside a constant. */
  private static final long MOST_PER_BYTE = 200;

  private static final long CONSTANT = 200_000;
  private static final int HEAD = 5;

  /** A kind with a good record of it. */
  private record Kind(String name, Supplier<byte[]> good, Decoder decoder) {
    byte[] record() {
      return good.get();
    }

    @Override
    public String toString() {
      return name;
    }
  }

  private interface Decoder {
    /** The record rewritten. */
    byte[] rewrite(byte[] record) throws RejectedRecordException;
  }

  @Provide
  Arbitrary<Kind> kinds() {
    List<Kind> messages =
        GoldenMessages.all().stream().map(RecordCodecPropertiesTest::kind).toList();
    return Arbitraries.oneOf(
        Arbitraries.of(messages),
        Arbitraries.of(
            new Kind(
                "segment",
                () -> SegmentCodec.encode(SegmentExamples.threeSteps()),
                record -> SegmentCodec.encode(SegmentCodec.decode(ByteBuffer.wrap(record))))));
  }

  private static <T extends Message> Kind kind(GoldenMessages.Golden<T> golden) {
    return new Kind(
        golden.name(),
        golden::record,
        record -> golden.codec().encode(golden.codec().decode(record)));
  }

  @Property(tries = 500)
  void anyBytesAreReadOrRejectedAndCostLittle(
      @ForAll("kinds") Kind kind, @ForAll @Size(max = 400) byte[] bytes) {
    assertReadOrRejected(kind, bytes);
  }

  @Property(tries = 2000)
  void anyFieldsUnderAFittingChecksumAreReadOrRejectedAndCostLittle(
      @ForAll("kinds") Kind kind, @ForAll @Size(max = 400) byte[] fields) {
    byte[] head = Arrays.copyOf(kind.record(), HEAD);
    byte[] tail = Arrays.copyOfRange(kind.record(), kind.record().length - 5, kind.record().length);
    byte[] record = Forgery.concatenate(Forgery.concatenate(head, fields), tail);

    assertReadOrRejected(kind, Forgery.reseal(record));
    assertReadOrRejected(kind, Forgery.append(kind.record(), fields));
  }

  @Property(tries = 300)
  void aFormatFromTheFutureIsRefusedByEveryKind(
      @ForAll("kinds") Kind kind, @ForAll @IntRange(min = 2, max = 255) int version) {
    byte[] record = Forgery.reseal(Forgery.replace(kind.record(), 4, version));

    RejectedRecordException rejection =
        assertThrows(RejectedRecordException.class, () -> kind.decoder().rewrite(record));
    assertEquals(RejectionReason.FUTURE_FORMAT, rejection.reason());
    assertEquals(
        "The record has format " + version + ", and this program reads up to 1.",
        rejection.getMessage());
  }

  @Property(tries = 300)
  void unknownFieldsSurviveARewrite(
      @ForAll("messages") Kind kind,
      @ForAll @IntRange(min = 100, max = 5000) int field,
      @ForAll long number,
      @ForAll @Size(max = 50) byte[] bytes)
      throws Exception {
    UnknownFieldSet.Field values =
        UnknownFieldSet.Field.newBuilder()
            .addVarint(number)
            .addFixed64(number)
            .addLengthDelimited(ByteString.copyFrom(bytes))
            .build();
    byte[] later =
        Forgery.append(
            kind.record(),
            UnknownFieldSet.newBuilder().addField(field, values).build().toByteArray());

    assertArrayEquals(later, kind.decoder().rewrite(later));
  }

  @Provide
  Arbitrary<Kind> messages() {
    return Arbitraries.of(
        GoldenMessages.all().stream().map(RecordCodecPropertiesTest::kind).toList());
  }

  /** The most objects that two bytes of a record can ask for. */
  @Example
  void aMillionBytesOfEmptyPartsCostLittleEach() {
    Progress.Builder progress = GoldenMessages.progress().toBuilder();
    for (int i = 0; i < 500_000; i++) {
      progress.addActors(ActorProgress.getDefaultInstance());
    }
    byte[] record = RecordCodec.PROGRESS.encode(progress.build());

    assertCostsLittle(() -> assertEquals(500_001, actors(record)), record);
  }

  private static int actors(byte[] record) {
    try {
      return RecordCodec.PROGRESS.decode(record).getActorsCount();
    } catch (RejectedRecordException e) {
      throw new AssertionError(e);
    }
  }

  private static void assertReadOrRejected(Kind kind, byte[] record) {
    assertCostsLittle(() -> readOrReject(kind, record), record);
  }

  private static void readOrReject(Kind kind, byte[] record) {
    try {
      var unused = kind.decoder().rewrite(record);
    } catch (RejectedRecordException e) {
      String sentence = String.valueOf(e.getMessage());
      assertTrue(sentence.endsWith(".") && sentence.length() < 1100, sentence);
    }
  }

  private static void assertCostsLittle(Runnable reading, byte[] record) {
    long allocated = Allocation.bytes(reading);
    assertTrue(
        allocated < CONSTANT + MOST_PER_BYTE * record.length,
        () -> allocated + " bytes for a record of " + record.length);
  }
}
