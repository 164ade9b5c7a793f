package dev.relive.log;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.google.protobuf.ByteString;
import java.nio.ByteBuffer;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.MethodSource;

class SegmentCodecTest {
  private interface Edit {
    void apply(dev.relive.log.wire.Segment.Builder message);
  }

  private static final Segment SEGMENT = SegmentExamples.threeSteps();

  @Test
  void aRecordHoldsTheSegmentInTheFieldsOfItsMessage() throws Exception {
    dev.relive.log.wire.Segment message =
        dev.relive.log.wire.Segment.parseFrom(SegmentCodec.encode(SEGMENT));

    assertEquals(0x01_53_4c_52, message.getMagic());
    assertEquals("cart-1", message.getRun());
    assertEquals("actor-0", message.getActor());
    assertEquals(0x8000_0000_0000_002aL, message.getEpoch());
    assertEquals(3, message.getLane());
    assertEquals(7, message.getSequence());
    assertEquals(2, message.getEpisode());
    assertEquals(128, message.getFirstStep());
    assertEquals(3, message.getLength());
    assertEquals(dev.relive.log.wire.SegmentEnd.TERMINATED, message.getEnd());
    assertEquals(List.of(0, 2), message.getPolicyFromList());
    assertEquals(List.of(40L, 41L), message.getPolicyVersionList());
    assertEquals(900, message.getActorSteps());
    assertEquals(1_790_000_000_000_000L, message.getStartedAtMicros());
    assertEquals(1_790_000_000_250_000L, message.getEndedAtMicros());
    assertEquals(dev.relive.log.wire.ElementType.FLOAT32, message.getObservations().getType());
    assertEquals(List.of(2), message.getObservations().getShapeList());
    assertEquals(32, message.getObservations().getData().size());
    assertEquals(ByteString.copyFrom(new byte[] {0, 1, -1}), message.getActions().getData());
    assertEquals(List.of(), message.getRewards().getShapeList());
    assertTrue(message.hasBehaviourProbabilities());
    assertTrue(message.getCrc32C() != 0);
  }

  @Test
  void aRecordBecomesItsSegmentAgain() throws Exception {
    assertEquals(SEGMENT, decode(SegmentCodec.encode(SEGMENT)));
    assertEquals(SegmentExamples.noSteps(), decode(SegmentCodec.encode(SegmentExamples.noSteps())));
    assertEquals(131, SEGMENT.nextStep());
  }

  @Test
  void aDecodedSegmentIsAViewOfItsRecord() throws Exception {
    byte[] record = SegmentCodec.encode(SEGMENT);
    Segment segment = decode(record);
    float[] before = new float[2];
    segment.observations().copyRows(3, 1, before, 0);
    Arrays.fill(record, (byte) 0);
    float[] after = new float[2];
    segment.observations().copyRows(3, 1, after, 0);

    assertEquals("[3.5, -4.0]", Arrays.toString(before));
    assertEquals("[0.0, 0.0]", Arrays.toString(after));
  }

  @Test
  void aSegmentWithUnknownFieldsIsRead() throws Exception {
    assertEquals(SEGMENT, decode(Forgery.withField99(SegmentCodec.encode(SEGMENT), "later")));
  }

  @Test
  void columnsMayLieInAnyBuffer() throws Exception {
    ByteBuffer direct = ByteBuffer.allocateDirect(12).position(4);
    direct.duplicate().put(new byte[] {1, 2, 3, 4, 5, 6, 7, 8});
    for (ByteBuffer data : List.of(direct, direct.asReadOnlyBuffer())) {
      Segment segment =
          withObservations(SEGMENT, Column.of(ElementType.UINT8, new int[] {2}, 4, data));
      assertEquals(segment, decode(SegmentCodec.encode(segment)));
    }
  }

  @Test
  void aDecodedSegmentIsEncodedToTheSameBytes() throws Exception {
    byte[] record = SegmentCodec.encode(SEGMENT);

    assertEquals(ByteBuffer.wrap(record), ByteBuffer.wrap(SegmentCodec.encode(decode(record))));
  }

  /** A name, an edit of the valid message that breaks a rule, and the sentence. */
  static Stream<Arguments> brokenRules() {
    return Stream.of(
        broken(m -> m.clearRun(), "A segment's run must be named, not nothing."),
        broken(m -> m.clearActor(), "A segment's actor must be named, not nothing."),
        broken(
            m -> m.setSequence(Long.MIN_VALUE),
            "A segment's sequence must be from 0 to 9223372036854775806, not"
                + " -9223372036854775808."),
        broken(
            m -> m.setSequence(Long.MAX_VALUE),
            "A segment's sequence must be from 0 to 9223372036854775806, not 9223372036854775807."),
        broken(m -> m.setLane(-1), "A segment's lane must be from 0 to 2147483647, not -1."),
        broken(
            m -> m.setEpisode(-1),
            "A segment's episode must be from 0 to 9223372036854775806, not -1."),
        broken(
            m -> m.setFirstStep(-1),
            "A segment's first step must be from 0 to 9223372036854775804, not -1."),
        broken(
            m -> m.setFirstStep(Long.MAX_VALUE - 2),
            "A segment's first step must be from 0 to 9223372036854775804, not"
                + " 9223372036854775805."),
        broken(
            m -> m.setActorSteps(-1),
            "A segment's actor steps must be from 0 to 9223372036854775807, not -1."),
        broken(
            m -> m.setActorSteps(2), "A segment's actor steps must be at least its length, not 2."),
        broken(m -> m.setLength(-1), "A segment's length must be below 2^31 - 1, not 4294967295."),
        broken(
            m -> m.setLength(Integer.MAX_VALUE),
            "A segment's length must be below 2^31 - 1, not 2147483647."),
        broken(
            m -> m.setLength(2),
            "A segment's observations are wrong: 3 rows of FLOAT32[2] take 24 bytes, not 32."),
        broken(m -> m.clearEnd(), "A segment's end must be one that this program knows, not 0."),
        broken(
            m -> m.setEndValue(9), "A segment's end must be one that this program knows, not 9."),
        broken(
            m -> m.clearPolicyFrom().clearPolicyVersion(),
            "A segment's policy versions must be one or more, each starting within the segment, and"
                + " none where the length is 0, not 0."),
        broken(
            m -> m.setPolicyFrom(1, 3),
            "A segment's policy versions must be one or more, each starting within the segment, and"
                + " none where the length is 0, not 2."),
        broken(m -> m.addPolicyFrom(2), "3 starts do not fit 2 policy versions."),
        broken(
            m -> m.setPolicyVersion(1, -2),
            "A policy version must be below 2^63, not 18446744073709551614."),
        broken(
            m -> m.setPolicyFrom(1, -2),
            "The starts of policy versions must be 0 and then increase, but start 1 is -2."),
        broken(
            m -> m.clearActions(),
            "A segment's actions must have an element type that this program knows, not 0."),
        broken(
            m -> m.getRewardsBuilder().setTypeValue(77),
            "A segment's rewards must have an element type that this program knows, not 77."),
        broken(
            m -> m.getRewardsBuilder().setData(ByteString.EMPTY),
            "A segment's rewards are wrong: 3 rows of FLOAT32[] take 12 bytes, not 0."),
        broken(
            m -> m.getRewardsBuilder().addShape(2).setData(bytes(24)),
            "A segment's rewards must be length rows of one number, not 3 rows of FLOAT32[2]."),
        broken(
            m -> m.getBehaviourProbabilitiesBuilder().addShape(0).setData(ByteString.EMPTY),
            "A segment's behaviour probabilities must be length rows of one number, not 3 rows of"
                + " FLOAT32[0]."),
        broken(
            m -> m.getObservationsBuilder().setShape(0, -1),
            "A segment's observations are wrong: A row of shape [-1] has no size that fits a"
                + " record."),
        broken(
            m -> m.getObservationsBuilder().setShape(0, Integer.MAX_VALUE),
            "A segment's observations are wrong: 4 rows of 2147483647 elements are no column that"
                + " fits a record."),
        broken(
            m -> m.getObservationsBuilder().addAllShape(Collections.nCopies(32, 1)),
            "A segment's observations are wrong: A row must have at most 32 dimensions, not 33."));
  }

  @ParameterizedTest
  @MethodSource("brokenRules")
  void aMessageThatBreaksARuleIsInvalid(Edit edit, String sentence) throws Exception {
    RejectedRecordException rejection =
        assertThrows(RejectedRecordException.class, () -> decode(edited(SEGMENT, edit)));

    assertEquals(sentence, rejection.getMessage());
    assertEquals(RejectionReason.INVALID, rejection.reason());
  }

  @ParameterizedTest
  @EnumSource(
      value = SegmentEnd.class,
      names = {"CONTINUES", "TERMINATED", "TRUNCATED"})
  void onlyAnAbandonedEpisodeEndsInASegmentWithoutSteps(SegmentEnd end) {
    RejectedRecordException rejection =
        assertThrows(
            RejectedRecordException.class,
            () -> decode(edited(SegmentExamples.noSteps(), m -> m.setEnd(end.wire()))));

    assertEquals(
        "A segment's length must be at least 1, or 0 to abandon an episode, not 0.",
        rejection.getMessage());
  }

  @Test
  void aRowWhoseBytesNoIntHoldsIsInvalid() {
    RejectedRecordException rejection =
        assertThrows(
            RejectedRecordException.class,
            () ->
                decode(
                    edited(
                        SegmentExamples.noSteps(),
                        m -> m.getObservationsBuilder().setShape(0, Integer.MAX_VALUE))));

    assertEquals(
        "A segment's observations are wrong: A row of 2147483647 elements of FLOAT32 is more than a"
            + " record can hold.",
        rejection.getMessage());
  }

  @Test
  void aLaneMayHaveNoProbabilitiesAndAnyEpochAndClock() throws Exception {
    Segment segment =
        decode(
            edited(
                SEGMENT,
                m ->
                    m.clearBehaviourProbabilities()
                        .setEpoch(-1)
                        .setStartedAtMicros(0)
                        .setEndedAtMicros(-1)));

    assertFalse(segment.behaviourProbabilities() != null);
    assertEquals(-1, segment.lane().epoch());
    assertEquals("cart-1/actor-0@ffffffffffffffff/3", segment.lane().toString());
  }

  private static Arguments broken(Edit edit, String sentence) {
    return Arguments.of(edit, sentence);
  }

  private static ByteString bytes(int size) {
    return ByteString.copyFrom(new byte[size]);
  }

  private static byte[] edited(Segment segment, Edit edit) throws Exception {
    dev.relive.log.wire.Segment.Builder message =
        dev.relive.log.wire.Segment.parseFrom(SegmentCodec.encode(segment)).toBuilder()
            .clearCrc32C();
    edit.apply(message);
    return Envelope.seal(message.build());
  }

  private static Segment decode(byte[] record) throws RejectedRecordException {
    return SegmentCodec.decode(ByteBuffer.wrap(record));
  }

  private static Segment withObservations(Segment segment, Column observations) {
    return new Segment(
        segment.lane(),
        segment.sequence(),
        segment.episode(),
        segment.firstStep(),
        segment.length(),
        segment.end(),
        segment.policyVersions(),
        segment.actorSteps(),
        segment.startedAtMicros(),
        segment.endedAtMicros(),
        observations,
        segment.actions(),
        segment.rewards(),
        segment.behaviourProbabilities());
  }
}
