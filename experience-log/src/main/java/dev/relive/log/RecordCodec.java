package dev.relive.log;

import com.google.protobuf.Descriptors.FieldDescriptor;
import com.google.protobuf.Message;
import com.google.protobuf.Parser;
import dev.relive.log.wire.CheckpointPart;
import dev.relive.log.wire.Episode;
import dev.relive.log.wire.Evaluation;
import dev.relive.log.wire.Policy;
import dev.relive.log.wire.Progress;
import dev.relive.log.wire.RunSpec;
import dev.relive.log.wire.RunState;
import dev.relive.log.wire.RunVerdict;
import dev.relive.log.wire.Snapshot;
import java.nio.ByteBuffer;

/**
 * Messages of one kind as records and back. Segments, which come by the million, have {@link
 * SegmentCodec}.
 */
public final class RecordCodec<T extends Message> {
  public static final RecordCodec<RunSpec> RUN_SPEC =
      new RecordCodec<>(RecordKind.RUN_SPEC, RunSpec.getDefaultInstance(), RunSpec.parser());
  public static final RecordCodec<RunState> RUN_STATE =
      new RecordCodec<>(RecordKind.RUN_STATE, RunState.getDefaultInstance(), RunState.parser());
  public static final RecordCodec<RunVerdict> RUN_VERDICT =
      new RecordCodec<>(
          RecordKind.RUN_VERDICT, RunVerdict.getDefaultInstance(), RunVerdict.parser());
  public static final RecordCodec<Progress> PROGRESS =
      new RecordCodec<>(RecordKind.PROGRESS, Progress.getDefaultInstance(), Progress.parser());
  public static final RecordCodec<Policy> POLICY =
      new RecordCodec<>(RecordKind.POLICY, Policy.getDefaultInstance(), Policy.parser());
  public static final RecordCodec<Snapshot> SNAPSHOT =
      new RecordCodec<>(RecordKind.SNAPSHOT, Snapshot.getDefaultInstance(), Snapshot.parser());
  public static final RecordCodec<CheckpointPart> CHECKPOINT_PART =
      new RecordCodec<>(
          RecordKind.CHECKPOINT_PART, CheckpointPart.getDefaultInstance(), CheckpointPart.parser());
  public static final RecordCodec<Episode> EPISODE =
      new RecordCodec<>(RecordKind.EPISODE, Episode.getDefaultInstance(), Episode.parser());
  public static final RecordCodec<Evaluation> EVALUATION =
      new RecordCodec<>(
          RecordKind.EVALUATION, Evaluation.getDefaultInstance(), Evaluation.parser());

  private static final int MAGIC_FIELD = 1;
  private static final int CHECKSUM_FIELD = 15;

  private final RecordKind kind;
  private final FieldDescriptor magic;
  private final FieldDescriptor checksum;
  private final Parser<T> parser;

  private RecordCodec(RecordKind kind, T prototype, Parser<T> parser) {
    this.kind = kind;
    this.magic = prototype.getDescriptorForType().findFieldByNumber(MAGIC_FIELD);
    this.checksum = prototype.getDescriptorForType().findFieldByNumber(CHECKSUM_FIELD);
    this.parser = parser;
  }

  /**
   * The message as a record; its magic number and checksum are filled in here, unknown fields stay.
   *
   * @throws IllegalArgumentException when the message breaks a rule of {@link MessageRules}
   */
  public byte[] encode(T message) {
    String broken = MessageRules.brokenBy(message);
    if (broken != null) {
      throw new IllegalArgumentException(broken);
    }
    return Envelope.seal(
        message.toBuilder()
            .setField(magic, Envelope.magic(kind))
            .clearField(checksum)
            .buildPartial());
  }

  /**
   * A record as its message. Its byte fields alias the record.
   *
   * @param record the remaining bytes, backed by an accessible array; not moved
   * @throws RejectedRecordException when the record is foreign, of another kind, from the future,
   *     damaged, or breaks a rule of {@link MessageRules}
   */
  public T decode(ByteBuffer record) throws RejectedRecordException {
    T message = Envelope.open(record, kind, parser);
    String broken = MessageRules.brokenBy(message);
    if (broken != null) {
      throw new RejectedRecordException(RejectionReason.INVALID, broken);
    }
    return message;
  }

  /** {@link #decode(ByteBuffer)} of a whole array. */
  public T decode(byte[] record) throws RejectedRecordException {
    return decode(ByteBuffer.wrap(record));
  }
}
