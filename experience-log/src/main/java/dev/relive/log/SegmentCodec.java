package dev.relive.log;

import com.google.protobuf.UnsafeByteOperations;
import java.nio.ByteBuffer;

/** Segments as records and back; columns are neither copied nor converted on the way. */
public final class SegmentCodec {
  private static final int MAGIC = Envelope.magic(RecordKind.SEGMENT);

  private SegmentCodec() {}

  /** The segment as a record. */
  public static byte[] encode(Segment segment) {
    LaneId lane = segment.lane();
    dev.relive.log.wire.Segment.Builder message =
        dev.relive.log.wire.Segment.newBuilder()
            .setMagic(MAGIC)
            .setRun(lane.run())
            .setActor(lane.actor())
            .setEpoch(lane.epoch())
            .setSequence(segment.sequence())
            .setLane(lane.lane())
            .setEpisode(segment.episode())
            .setFirstStep(segment.firstStep())
            .setLength(segment.length())
            .setEnd(segment.end().wire())
            .setActorSteps(segment.actorSteps())
            .setStartedAtMicros(segment.startedAtMicros())
            .setEndedAtMicros(segment.endedAtMicros())
            .setObservations(message(segment.observations()))
            .setActions(message(segment.actions()))
            .setRewards(message(segment.rewards()));
    PolicyVersions versions = segment.policyVersions();
    for (int i = 0; i < versions.count(); i++) {
      message.addPolicyFrom(versions.from(i)).addPolicyVersion(versions.version(i));
    }
    Column probabilities = segment.behaviourProbabilities();
    if (probabilities != null) {
      message.setBehaviourProbabilities(message(probabilities));
    }
    return Envelope.seal(message.build());
  }

  /**
   * A record as its segment, a view of the record.
   *
   * @param record the remaining bytes, backed by an accessible array; not moved
   * @throws RejectedRecordException when the record is foreign, damaged or breaks a rule
   */
  public static Segment decode(ByteBuffer record) throws RejectedRecordException {
    dev.relive.log.wire.Segment message =
        Envelope.open(record, RecordKind.SEGMENT, dev.relive.log.wire.Segment.parser());
    try {
      return segment(message);
    } catch (IllegalArgumentException e) {
      throw new RejectedRecordException(RejectionReason.INVALID, String.valueOf(e.getMessage()));
    }
  }

  private static Segment segment(dev.relive.log.wire.Segment message) {
    SegmentEnd end = SegmentEnd.of(message.getEnd());
    if (end == null) {
      throw new IllegalArgumentException(
          "A segment's end must be one that this program knows, not "
              + message.getEndValue()
              + ".");
    }
    int length = message.getLength();
    if (length < 0 || length == Integer.MAX_VALUE) {
      throw new IllegalArgumentException(
          "A segment's length must be below 2^31 - 1, not "
              + Integer.toUnsignedString(length)
              + ".");
    }
    return new Segment(
        new LaneId(message.getRun(), message.getActor(), message.getEpoch(), message.getLane()),
        message.getSequence(),
        message.getEpisode(),
        message.getFirstStep(),
        length,
        end,
        policyVersions(message),
        message.getActorSteps(),
        message.getStartedAtMicros(),
        message.getEndedAtMicros(),
        column("observations", message.getObservations(), length + 1),
        column("actions", message.getActions(), length),
        column("rewards", message.getRewards(), length),
        message.hasBehaviourProbabilities()
            ? column("behaviour probabilities", message.getBehaviourProbabilities(), length)
            : null);
  }

  private static PolicyVersions policyVersions(dev.relive.log.wire.Segment message) {
    int count = message.getPolicyFromCount();
    if (count == 0 && message.getPolicyVersionCount() == 0) {
      return PolicyVersions.NONE;
    }
    if (count == 1 && message.getPolicyVersionCount() == 1 && message.getPolicyFrom(0) == 0) {
      return PolicyVersions.of(message.getPolicyVersion(0));
    }
    int[] from = new int[count];
    for (int i = 0; i < count; i++) {
      from[i] = message.getPolicyFrom(i);
    }
    long[] versions = new long[message.getPolicyVersionCount()];
    for (int i = 0; i < versions.length; i++) {
      versions[i] = message.getPolicyVersion(i);
    }
    return PolicyVersions.of(from, versions);
  }

  private static dev.relive.log.wire.Column message(Column column) {
    dev.relive.log.wire.Column.Builder message =
        dev.relive.log.wire.Column.newBuilder()
            .setType(column.type().wire())
            .setData(UnsafeByteOperations.unsafeWrap(column.bytes()));
    for (int extent : column.shape()) {
      message.addShape(extent);
    }
    return message.build();
  }

  private static Column column(String name, dev.relive.log.wire.Column message, int rows) {
    ElementType type = ElementType.of(message.getType());
    if (type == null) {
      throw new IllegalArgumentException(
          "A segment's "
              + name
              + " must have an element type that this program knows, not "
              + message.getTypeValue()
              + ".");
    }
    int[] shape = new int[message.getShapeCount()];
    for (int i = 0; i < shape.length; i++) {
      shape[i] = message.getShape(i);
    }
    try {
      return Column.owning(type, shape, rows, message.getData().asReadOnlyByteBuffer());
    } catch (IllegalArgumentException e) {
      throw new IllegalArgumentException(
          "A segment's " + name + " are wrong: " + e.getMessage(), e);
    }
  }
}
