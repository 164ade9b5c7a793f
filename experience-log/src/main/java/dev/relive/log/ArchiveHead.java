package dev.relive.log;

import com.google.protobuf.Message;
import dev.relive.log.wire.CheckpointPart;
import dev.relive.log.wire.CheckpointState;
import dev.relive.log.wire.Policy;
import dev.relive.log.wire.Progress;
import dev.relive.log.wire.RunSpec;
import dev.relive.log.wire.RunState;
import dev.relive.log.wire.RunVerdict;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * What an archive says of a run before its experience.
 *
 * @param progress null where no learner can go on from it
 * @param checkpoint in its parts; empty where there is none
 * @param state the learner's state that they add up to; null where there is none
 */
record ArchiveHead(
    RunSpec spec,
    @Nullable RunState phase,
    @Nullable ArchivedRecord verdict,
    @Nullable Progress progress,
    List<CheckpointPart> checkpoint,
    @Nullable CheckpointState state,
    @Nullable ArchivedRecord policy) {

  /**
   * Reads it. A checkpoint is held in memory as a whole, as its learner holds it.
   *
   * @throws LogException if the archive has none, or something is wrong with it
   */
  static ArchiveHead read(ArchiveReader archive) throws IOException {
    ArchivedRecord spec = archive.next(RecordKind.RUN_SPEC);
    if (spec == null) {
      throw archive.fault("nothing says what the run is.");
    }
    RunSpec run = message(archive, spec, RecordCodec.RUN_SPEC);
    if (run.getPartitionsCount() == 0 || !run.getSourceRun().isEmpty()) {
      throw archive.fault("run %s has no experience of its own.".formatted(run.getRun()));
    }
    return new Records(archive, run).read();
  }

  private record Records(ArchiveReader archive, RunSpec spec) {
    ArchiveHead read() throws IOException {
      RunState phase =
          decoded(archive.next(RecordKind.RUN_STATE), RecordCodec.RUN_STATE, RunState::getRun);
      ArchivedRecord verdict = archive.next(RecordKind.RUN_VERDICT);
      var unused = decoded(verdict, RecordCodec.RUN_VERDICT, RunVerdict::getRun);
      Progress progress =
          decoded(archive.next(RecordKind.PROGRESS), RecordCodec.PROGRESS, Progress::getRun);
      List<CheckpointPart> parts = checkpoint();
      CheckpointState state = parts.isEmpty() ? null : Checkpoints.join(parts);
      ArchivedRecord policy = archive.next(RecordKind.POLICY);
      var unusedToo = decoded(policy, RecordCodec.POLICY, Policy::getRun);
      if (progress != null
          && progress.getCheckpointOrdinal() != (state == null ? 0 : state.getOrdinal())) {
        throw archive.fault(
            "its Progress tells of checkpoint %d, and another one is there."
                .formatted(progress.getCheckpointOrdinal()));
      }
      return new ArchiveHead(spec, phase, verdict, progress, parts, state, policy);
    }

    private List<CheckpointPart> checkpoint() throws IOException {
      List<CheckpointPart> parts = new ArrayList<>();
      CheckpointPart part = nextPart();
      while (part != null) {
        parts.add(part);
        part = nextPart();
      }
      return List.copyOf(parts);
    }

    private @Nullable CheckpointPart nextPart() throws IOException {
      return decoded(
          archive.next(RecordKind.CHECKPOINT_PART),
          RecordCodec.CHECKPOINT_PART,
          CheckpointPart::getRun);
    }

    private <T extends Message> @Nullable T decoded(
        @Nullable ArchivedRecord record, RecordCodec<T> codec, Function<T, String> runOf) {
      if (record == null) {
        return null;
      }
      T message = message(archive, record, codec);
      if (!runOf.apply(message).equals(spec.getRun())) {
        throw archive.fault(
            "a %s of run %s stands among those of run %s."
                .formatted(record.kind(), runOf.apply(message), spec.getRun()));
      }
      return message;
    }
  }

  private static <T extends Message> T message(
      ArchiveReader archive, ArchivedRecord record, RecordCodec<T> codec) {
    try {
      return record.message(codec);
    } catch (RejectedRecordException e) {
      throw archive.fault(String.valueOf(e.getMessage()));
    }
  }
}
