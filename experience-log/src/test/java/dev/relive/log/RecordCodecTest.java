package dev.relive.log;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.google.protobuf.Descriptors.FieldDescriptor;
import com.google.protobuf.Message;
import dev.relive.log.wire.Evaluation;
import dev.relive.log.wire.Progress;
import dev.relive.log.wire.RunSpec;
import dev.relive.log.wire.RunState;
import java.nio.ByteBuffer;
import java.util.Arrays;
import java.util.HashSet;
import java.util.List;
import java.util.Objects;
import java.util.Random;
import java.util.Set;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

class RecordCodecTest {
  private static final byte[] SEGMENT = SegmentCodec.encode(SegmentExamples.threeSteps());

  static List<GoldenMessages.Golden<?>> messages() {
    return GoldenMessages.all();
  }

  @ParameterizedTest
  @MethodSource("messages")
  void aMessageSurvivesItsRecord(GoldenMessages.Golden<?> golden) throws Exception {
    byte[] record = golden.record();
    Message decoded = golden.codec().decode(record);

    assertEquals(golden.message(), clear(clear(decoded, "magic"), "crc32c"));
    assertArrayEquals(record, rewrite(golden, record));
  }

  @ParameterizedTest
  @MethodSource("messages")
  void everyFieldIsSetInAGoldenMessageOfItsKind(GoldenMessages.Golden<?> golden) {
    Set<String> set = new HashSet<>(List.of("magic", "crc32c"));
    for (GoldenMessages.Golden<?> other : messages()) {
      if (other.codec() == golden.codec()) {
        other.message().getAllFields().keySet().forEach(field -> set.add(field.getName()));
      }
    }

    assertEquals(
        golden.message().getDescriptorForType().getFields().stream()
            .map(FieldDescriptor::getName)
            .collect(Collectors.toSet()),
        set);
  }

  @ParameterizedTest
  @MethodSource("messages")
  void aRecordInTheWrongTopicIsOfAnUnexpectedKind(GoldenMessages.Golden<?> golden) {
    byte[] record = golden.record();

    for (GoldenMessages.Golden<?> other : messages()) {
      if (other.codec() != golden.codec()) {
        assertEquals(RejectionReason.UNEXPECTED_KIND, rejection(other, record).reason());
      }
    }
    assertEquals(RejectionReason.UNEXPECTED_KIND, rejection(golden, SEGMENT).reason());
    assertEquals(
        RejectionReason.UNEXPECTED_KIND,
        assertThrows(
                RejectedRecordException.class, () -> SegmentCodec.decode(ByteBuffer.wrap(record)))
            .reason());
  }

  @ParameterizedTest
  @MethodSource("messages")
  void everyChangeOfAByteAndEveryTruncationIsNoticed(GoldenMessages.Golden<?> golden) {
    byte[] record = golden.record();
    for (int i = 0; i < record.length; i++) {
      rejection(golden, Forgery.replace(record, i, record[i] ^ (1 << (i % 8))));
      rejection(golden, Arrays.copyOf(record, i));
    }
    rejection(golden, Forgery.concatenate(record, record));
  }

  @ParameterizedTest
  @MethodSource("messages")
  void bytesChangedUnderAFittingChecksumAreReadOrRejected(GoldenMessages.Golden<?> golden) {
    byte[] record = golden.record();
    Random random = new Random(17);
    for (int i = 0; i < 2000; i++) {
      byte[] forged =
          Forgery.replace(record, 5 + random.nextInt(record.length - 10), random.nextInt());
      try {
        rewrite(golden, Forgery.reseal(forged));
      } catch (RejectedRecordException e) {
        assertTrue(String.valueOf(e.getMessage()).endsWith("."), e.getMessage());
      }
    }
  }

  @ParameterizedTest
  @MethodSource("messages")
  void aFieldOfALaterProgramSurvivesARewrite(GoldenMessages.Golden<?> golden) throws Exception {
    byte[] later = Forgery.withField99(golden.record(), "from a later program");

    assertEquals(
        Forgery.field99("from a later program"), golden.codec().decode(later).getUnknownFields());
    assertArrayEquals(later, rewrite(golden, later));
  }

  @ParameterizedTest
  @MethodSource("messages")
  void aMessageWithoutItsRunIsNeitherWrittenNorRead(GoldenMessages.Golden<?> golden) {
    Message nameless = clear(golden.message(), "run");
    String sentence =
        "A " + golden.message().getDescriptorForType().getName() + " must name its run.";

    assertEquals(
        sentence,
        assertThrows(IllegalArgumentException.class, () -> encode(golden, nameless)).getMessage());
    RejectedRecordException rejection = rejection(golden, seal(golden, nameless));
    assertEquals(RejectionReason.INVALID, rejection.reason());
    assertEquals(sentence, rejection.getMessage());
  }

  @Test
  void countsBeyondTheSignedIntegersAreNeitherWrittenNorRead() {
    Progress.Builder progress = GoldenMessages.progress().toBuilder();
    progress.getActorsBuilder(0).setSteps(-1);
    assertInvalid(
        "The field ActorProgress.steps must be below 2^63, not 18446744073709551615.",
        RecordCodec.PROGRESS,
        RecordKind.PROGRESS,
        progress.build());

    RunSpec.Builder spec = GoldenMessages.runSpec().toBuilder();
    spec.getPartitionsBuilder(0).setPartition(Integer.MIN_VALUE);
    assertInvalid(
        "The field PartitionRange.partition must be below 2^31, not 2147483648.",
        RecordCodec.RUN_SPEC,
        RecordKind.RUN_SPEC,
        spec.build());

    assertInvalid(
        "The field Evaluation.lengths must be below 2^63, not 9223372036854775808.",
        RecordCodec.EVALUATION,
        RecordKind.EVALUATION,
        GoldenMessages.evaluation().toBuilder().addLengths(Long.MIN_VALUE).build());
  }

  @Test
  void seedsAreBitsAndNoCounts() throws Exception {
    RunSpec spec = RunSpec.newBuilder().setRun("r").setSeed(-1).build();
    Evaluation evaluation = Evaluation.newBuilder().setRun("r").setFirstSeed(-1).build();

    assertEquals(-1, RecordCodec.RUN_SPEC.decode(RecordCodec.RUN_SPEC.encode(spec)).getSeed());
    assertEquals(
        -1,
        RecordCodec.EVALUATION.decode(RecordCodec.EVALUATION.encode(evaluation)).getFirstSeed());
  }

  @Test
  void aPhaseOfALaterProgramSurvivesARewrite() throws Exception {
    RunState state = RunState.newBuilder().setRun("r").setPhaseValue(12).build();
    byte[] record = RecordCodec.RUN_STATE.encode(state);

    RunState decoded = RecordCodec.RUN_STATE.decode(record);
    assertEquals(12, decoded.getPhaseValue());
    assertArrayEquals(record, RecordCodec.RUN_STATE.encode(decoded));
  }

  @Test
  void theChecksumIsMadeAnewWhateverTheMessageSays() {
    RunState state = RunState.newBuilder().setRun("r").build();

    assertArrayEquals(
        RecordCodec.RUN_STATE.encode(state),
        RecordCodec.RUN_STATE.encode(state.toBuilder().setMagic(5).setCrc32C(9).build()));
  }

  private static <T extends Message> void assertInvalid(
      String sentence, RecordCodec<T> codec, RecordKind kind, T message) {
    assertEquals(
        sentence,
        assertThrows(IllegalArgumentException.class, () -> codec.encode(message)).getMessage());
    byte[] record = seal(kind, message);
    RejectedRecordException rejection =
        assertThrows(RejectedRecordException.class, () -> codec.decode(record));
    assertEquals(RejectionReason.INVALID, rejection.reason());
    assertEquals(sentence, rejection.getMessage());
  }

  private static byte[] seal(GoldenMessages.Golden<?> golden, Message message) {
    return seal(Objects.requireNonNull(RecordKind.of(golden.record()[3])), message);
  }

  private static byte[] seal(RecordKind kind, Message message) {
    return Envelope.seal(
        message.toBuilder()
            .setField(message.getDescriptorForType().findFieldByName("magic"), Envelope.magic(kind))
            .build());
  }

  private static <T extends Message> byte[] rewrite(GoldenMessages.Golden<T> golden, byte[] record)
      throws RejectedRecordException {
    return golden.codec().encode(golden.codec().decode(record));
  }

  @SuppressWarnings("unchecked")
  private static <T extends Message> byte[] encode(
      GoldenMessages.Golden<T> golden, Message message) {
    return golden.codec().encode((T) message);
  }

  private static Message clear(Message message, String field) {
    return message.toBuilder()
        .clearField(message.getDescriptorForType().findFieldByName(field))
        .build();
  }

  private static RejectedRecordException rejection(GoldenMessages.Golden<?> golden, byte[] record) {
    return assertThrows(RejectedRecordException.class, () -> golden.codec().decode(record));
  }
}
