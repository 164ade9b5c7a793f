package dev.relive.log;

import dev.relive.log.wire.CheckpointPart;
import dev.relive.log.wire.CheckpointState;
import dev.relive.log.wire.Policy;
import dev.relive.log.wire.Progress;
import dev.relive.log.wire.RunState;
import dev.relive.log.wire.Snapshot;
import java.util.ArrayList;
import java.util.List;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.jspecify.annotations.Nullable;

/**
 * A publication as the records of one transaction. They are made before it begins, so that nothing
 * is computed within it, and a second attempt sends the same.
 */
final class EncodedPublication {
  final @Nullable ProducerRecord<byte[], byte[]> policy;
  final @Nullable ProducerRecord<byte[], byte[]> snapshot;
  final List<ProducerRecord<byte[], byte[]>> checkpoint = new ArrayList<>();
  final @Nullable ProducerRecord<byte[], byte[]> state;

  /** All but where the transaction's own records stand. */
  final Progress progress;

  /**
   * @param published the newest committed Progress of the run, in this learner's generation
   */
  EncodedPublication(Publication publication, Progress published, RunOutput output) {
    Progress.Builder next = following(published, publication.progress());
    Policy newPolicy = publication.policy() == null ? null : publication.policy().get();
    policy = newPolicy == null ? null : output.record(newPolicy);
    if (newPolicy != null) {
      next.setPolicyVersion(newPolicy.getVersion());
    }
    Snapshot newSnapshot = publication.snapshot();
    snapshot = newSnapshot == null ? null : output.record(newSnapshot);
    if (newSnapshot != null) {
      next.setSnapshotVersion(newSnapshot.getVersion());
    }
    if (publication.checkpoint() != null) {
      next.setCheckpointOrdinal(published.getCheckpointOrdinal() + 1);
      CheckpointState made = completed(publication.checkpoint().get(), next);
      for (CheckpointPart part : Checkpoints.split(made)) {
        checkpoint.add(output.record(part));
      }
    }
    RunState newState = publication.state();
    state = newState == null ? null : output.record(completed(newState, next));
    progress = next.build();
  }

  /** What the learner says, with the versions and places that the last publication left. */
  private static Progress.Builder following(Progress published, Progress said) {
    Progress.Builder next =
        said.toBuilder()
            .setRun(published.getRun())
            .setGeneration(published.getGeneration())
            .setOrdinal(published.getOrdinal() + 1)
            .setPolicyVersion(published.getPolicyVersion())
            .setSnapshotVersion(published.getSnapshotVersion())
            .setCheckpointOrdinal(published.getCheckpointOrdinal())
            .clearPolicy()
            .clearSnapshot()
            .clearCheckpoint();
    if (published.hasPolicy()) {
      next.setPolicy(published.getPolicy());
    }
    if (published.hasSnapshot()) {
      next.setSnapshot(published.getSnapshot());
    }
    if (published.hasCheckpoint()) {
      next.setCheckpoint(published.getCheckpoint());
    }
    return next;
  }

  private static CheckpointState completed(CheckpointState state, Progress.Builder next) {
    CheckpointState.Builder completed =
        state.toBuilder()
            .setRun(next.getRun())
            .setOrdinal(next.getCheckpointOrdinal())
            .setGeneration(next.getGeneration());
    completed
        .getProgressedBuilder()
        .setPolicyVersion(next.getPolicyVersion())
        .setSnapshotVersion(next.getSnapshotVersion());
    return completed.build();
  }

  private static RunState completed(RunState state, Progress.Builder next) {
    return state.toBuilder().setRun(next.getRun()).setGeneration(next.getGeneration()).build();
  }
}
